import { figuresIn } from "./figures.ts";
import type { progress as inEnglish } from "./progress-en.ts";

const { number, ratio, share, day } = figuresIn("fr-FR");

const several = (count: number, one: string, more: string): string =>
  `${number(count)} ${count < 2 ? one : more}`;

/** What people read of `/progress`, in French. */
export const progress: typeof inEnglish = {
  command: {
    name: "progression",
    description: "Où en est l’étiquetage : images, réponses, personnes, accord",
  },
  tooMany: "Cela faisait plus de 10 fois en une minute. Rien n’a été calculé ; veuillez patienter un moment.",
  title: "## Où nous en sommes",
  images: (all, labelled, byMore) =>
    `**Images :** ${number(all)} dans la collection, dont ${several(labelled, "étiquetée", "étiquetées")} (${share(labelled, all)}), ${number(byMore)} par 3 personnes ou plus (${share(byMore, all)})`,
  answers: (answers, people) =>
    `**Réponses :** ${number(answers)}, par ${several(people, "personne", "personnes")}`,
  unlabelled: (all) =>
    `**Images :** ${number(all)} dans la collection, aucune encore étiquetée. Commencez : \`/hotdog\` en montre 4 à étiqueter.`,
  agreement: (alpha, reading) =>
    `**Accord :** ${alpha === undefined ? "inconnu" : ratio(alpha)} – ${reading}`,
  readings: {
    reliable: "élevé : on dit la même chose de la même image",
    tentative: "correct : assez pour de premières conclusions",
    unreliable: "faible : on dit souvent des choses différentes de la même image",
    chance: "nul : on n’est pas plus souvent d’accord que par hasard",
    alone: "aucune image n’a encore les réponses de deux personnes",
    unanimous:
      "jusqu’ici tout le monde dit la même chose de chaque image, ce qui ne se distingue pas du hasard",
  },
  methods: (differ, tied, decided) => {
    const agreed =
      tied === 0 ? "concordent sur chaque image étiquetée" : "concordent partout où il y a une majorité";
    const verdict = differ === 0 ? agreed : `divergent sur ${several(differ, "image", "images")}`;
    const ties = `. Égalité des voix sur ${several(tied, "image", "images")} ; Dawid–Skene ${decides(tied, decided)}`;
    return `**Majorité et Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
  },
  notes:
    "-# De plusieurs réponses d’une personne à une image, la dernière compte. L’accord est l’alpha de Krippendorff : 1 est parfait, 0 est le hasard. Dawid–Skene pèse les réponses de chacun selon leur qualité.",
  chart: {
    coverage: "Images étiquetées par",
    images: (count) => several(count, "image", "images"),
    by: { more: "3 ou plus", two: "2 personnes", one: "1 personne", none: "pas encore" },
    answers: "Réponses par jour",
    last: (days) => `${days} derniers jours, UTC`,
    noAnswers: (days) => `Aucune réponse ces ${days} derniers jours`,
    number,
    share,
    day,
  },
  alt: {
    coverage: (images, parts) => `${images}. Étiquetées par ${parts}.`,
    part: (by, count, share) => `${by} : ${count} (${share})`,
    answers: (title, from, to, counts) => `${title} du ${from} au ${to}, UTC : ${counts}.`,
    most: (count, on) => `Le plus le ${on} : ${count}.`,
  },
};

function decides(tied: number, decided: number): string {
  if (tied === 1) return decided === 1 ? "la départage" : "ne peut la départager";
  if (decided === tied) return "les départage toutes";
  return decided === 0 ? "n’en départage aucune" : `en départage ${number(decided)}`;
}
