import type { Texts } from "../en.ts";
import type { Range } from "../../labeling/remaining-answers.ts";
import { figuresIn, type Noun } from "../figures.ts";
import { nouns } from "./nouns.ts";

const figures = figuresIn("fr-FR");
const { counted, number, ratio, share } = figures;

function range({ low, high }: Range, noun: Noun): string {
  if (low === high) return high === 1 ? counted(1, noun) : `environ ${counted(high, noun)}`;
  return `${number(low)} à ${counted(high, noun)}`;
}

export const progress: Texts["progress"] = {
  command: {
    name: "progression",
    description: "Affiche les images réglées, ce qui reste à faire et l’accord entre les gens",
  },
  title: "## Où en est l’étiquetage",
  images: ({ images, settled, open, untouched }) =>
    `**Images :** ${counted(settled, { one: "réglée", other: "réglées" })} sur ${number(images)} (${share(settled, images)}). ${number(open)} à compléter, ${number(untouched)} encore sans réponse.`,
  remaining: ({ images, settled, remaining, remainingDays }) => {
    if (settled === images) return "**Est-ce fini ?** Oui : toutes les images ont assez de réponses.";
    const answers = `**Est-ce fini ?** Pas encore : il faut ${range(remaining, nouns.answer)} de plus`;
    return remainingDays === undefined
      ? `${answers}. Personne n’a répondu ces 7 derniers jours.`
      : `${answers}, soit ${range(remainingDays, nouns.day)} au rythme des 7 derniers jours.`;
  },
  answers: (answers, people, unsure) =>
    `**Réponses :** ${number(answers)}${unsure === 0 ? "" : ` (dont ${number(unsure)} « Je ne sais pas »)`}, par ${counted(people, nouns.person)}`,
  unlabeled: (all, round) =>
    `**Images :** ${number(all)} dans la collection, aucune encore étiquetée. Commencez : \`/${round}\` en affiche 4 à étiqueter.`,
  agreement: (alpha, reading) =>
    `**Accord :** ${reading}${alpha === undefined ? "" : ` (α ${ratio(alpha)})`}`,
  readings: {
    reliable: "on est presque toujours d’accord",
    tentative: "on est assez souvent d’accord pour de premières conclusions",
    unreliable: "on donne souvent des réponses différentes à la même image",
    chance: "on n’est pas plus souvent d’accord que par hasard",
    alone: "aucune image n’a encore les réponses de deux personnes",
    unanimous: "tout le monde a donné la même réponse à chaque image, ce qui peut être dû au hasard",
  },
  notes:
    "-# Une image est réglée quand son étiquette est assez sûre et que deux personnes au moins sont d’accord, ou après 7 réponses. Si une personne répond plusieurs fois à une image, la dernière réponse compte. α mesure l’accord : 1 est parfait, 0 est le hasard.",
  chart: {
    coverage: "Images",
    images: (count) => counted(count, nouns.image),
    parts: { settled: "réglées", open: "à compléter", untouched: "sans réponse" },
    answers: "Réponses par jour",
    last: (days) => `${days} derniers jours, UTC`,
    noAnswers: (days) => `Aucune réponse ces ${days} derniers jours`,
    ...figures,
  },
  alt: {
    coverage: (images, parts) => `${images} : ${parts}.`,
    part: (name, count, share) => `${name} : ${count} (${share})`,
    answers: (title, from, to, counts) => `${title} du ${from} au ${to}, UTC : ${counts}.`,
    most: (count, on) => `Le plus le ${on} : ${count}.`,
  },
};
