import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted, day, number, share } = figuresIn("fr-FR");

export const labelers: Texts["labelers"] = {
  command: {
    name: "participants",
    description: "Montre aux modérateurs si chaque personne étiquette bien, sous un pseudonyme",
  },
  title: "## Comment les gens étiquettent ici",
  until: (people, minAnswers, until) =>
    `${counted(people, nouns.person)} avec au moins ${number(minAnswers)} réponses à la fin du ${day(until)} (UTC)`,
  nobody: (minAnswers, until) =>
    `Personne n’avait encore ${number(minAnswers)} réponses à la fin du ${day(until)} (UTC). Les réponses d’aujourd’hui apparaîtront demain, pour qu’on ne reconnaisse personne à une réponse qu’on l’a vu donner.`,
  excludedTitle: "### Exclus",
  person: (name) => `**\`${name}\`**`,
  figures: {
    answers: (count) => counted(count, nouns.answer),
    gold: (right, all) => `référence ${number(right)}/${number(all)}`,
    reliability: (value, { low, high }) =>
      `fiabilité ${share(value, 1)} (${share(low, 1)} à ${share(high, 1)})`,
    unknown: "fiabilité encore inconnue",
    pace: (seconds) => `${number(Math.round(seconds * 10) / 10)} s`,
  },
  page: (page, pages) => `Page ${number(page)} sur ${number(pages)}`,
  notes:
    "-# Les moins fiables viennent en premier. Fiabilité : à quelle fréquence une personne donne à une image l’étiquette qu’elle a selon les images de référence ou les réponses des autres, en moyenne sur toutes les étiquettes ; entre parenthèses, l’intervalle qui a 95 % de la probabilité. À la fin : le temps médian entre deux réponses. Le consensus donne déjà peu de poids à qui répond au hasard : n’excluez que les personnes qui le faussent exprès.",
  placeholder: "Exclure quelqu’un, ou revenir dessus",
  option: {
    exclude: (name) => `Exclure ${name}`,
    takeBack: (name) => `Compter de nouveau ${name}`,
  },
  previous: "Précédent",
  next: "Suivant",
  modal: {
    exclude: (name) => `Exclure ${name}`,
    takeBack: (name) => `Compter de nouveau ${name}`,
    why: "Pourquoi ?",
    readable: "La personne peut le lire avec /my-data. N’écrivez aucun nom.",
    optional: "Vous pouvez laisser ce champ vide. La personne peut le lire avec /my-data.",
  },
  noReason: "Rien n’a changé : une exclusion demande une raison. Choisissez de nouveau la personne.",
  excluded: (name) =>
    `**Exclu :** \`${name}\`. Ses réponses restent conservées, mais ne comptent plus. La personne n’en est pas informée et peut continuer à étiqueter.`,
  takenBack: (name) => `**C’est annulé :** les réponses de \`${name}\` comptent de nouveau.`,
  gone: "Cette personne n’a plus de réponses ici ; rien n’a changé.",
};
