import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";

const figures = figuresIn("fr-FR");
const { counted, number, ratio, share } = figures;

export const progress: Texts["progress"] = {
  command: {
    name: "progression",
    description: "Affiche l’avancement de l’étiquetage et l’accord entre les gens",
  },
  title: "## Où en est l’étiquetage",
  images: (all, labeled, byMore) =>
    `**Images :** ${number(all)} dans la collection, dont ${counted(labeled, "étiquetée")} (${share(labeled, all)}), ${number(byMore)} par 3 personnes ou plus (${share(byMore, all)})`,
  answers: (answers, people, unsure) =>
    `**Réponses :** ${number(answers)}${unsure === 0 ? "" : ` (dont ${number(unsure)} « Je ne sais pas »)`}, par ${counted(people, "personne")}`,
  unlabeled: (all, round) =>
    `**Images :** ${number(all)} dans la collection, aucune encore étiquetée. Commencez : \`/${round}\` en affiche 4 à étiqueter.`,
  agreement: (alpha, reading) =>
    `**Accord :** ${alpha === undefined ? "inconnu" : ratio(alpha)} – ${reading}`,
  readings: {
    reliable: "élevé : on donne la même réponse à la même image",
    tentative: "correct : assez pour de premières conclusions",
    unreliable: "faible : on donne souvent des réponses différentes à la même image",
    chance: "nul : on n’est pas plus souvent d’accord que par hasard",
    alone: "aucune image n’a encore les réponses de deux personnes",
    unanimous: "tout le monde a donné la même réponse à chaque image, ce qui peut être dû au hasard",
  },
  comparison: ({ differ, tied, decided }) => {
    const agreed = `concordent ${tied === 0 ? "sur chaque image étiquetée" : "partout où il y a une majorité"}`;
    const verdict = differ === 0 ? agreed : `divergent sur ${counted(differ, "image")}`;
    const ties = `. Égalité des voix sur ${counted(tied, "image")}, dont ${number(decided)} que Dawid–Skene départage`;
    return `**Majorité et Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
  },
  notes:
    "-# Si une personne répond plusieurs fois à une image, la dernière réponse compte. L’accord est l’alpha de Krippendorff : 1 est parfait, 0 est le hasard. Dawid–Skene donne plus de poids à qui répond bien.",
  chart: {
    coverage: "Images étiquetées par",
    images: (count) => counted(count, "image"),
    by: { more: "3 ou plus", two: "2 personnes", one: "1 personne", none: "pas encore" },
    answers: "Réponses par jour",
    last: (days) => `${days} derniers jours, UTC`,
    noAnswers: (days) => `Aucune réponse ces ${days} derniers jours`,
    ...figures,
  },
  alt: {
    coverage: (images, parts) => `${images}. Étiquetées par ${parts}.`,
    part: (by, count, share) => `${by} : ${count} (${share})`,
    answers: (title, from, to, counts) => `${title} du ${from} au ${to}, UTC : ${counts}.`,
    most: (count, on) => `Le plus le ${on} : ${count}.`,
  },
};
