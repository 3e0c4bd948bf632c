import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("fr-FR");

export const projectAnswers: Texts["projectAnswers"] = {
  created: "## Ce salon est maintenant un projet d’étiquetage",
  label:
    "`/étiqueter` vous montre des images à étiqueter une par une, et `/série` en affiche 4 à tout le monde. Personne d’autre ne voit votre choix.",
  uploads: {
    everyone: "Tout le monde peut ajouter des images avec `/upload`.",
    moderators: "Les membres qui peuvent gérer les messages peuvent ajouter des images avec `/upload`.",
    approval:
      "Tout le monde peut envoyer des images avec `/upload`. Les membres qui peuvent gérer les messages les valident avant qu’on les étiquette.",
  },
  taken: "Ce salon a déjà un projet, que `/projet info` affiche. Rien n’a été enregistré.",
  info: "## Le projet de ce salon",
  figures: (images, answers, people) =>
    `**Jusqu’ici :** ${counted(images, nouns.image)}, ${answers === 0 ? "aucune réponse" : `${counted(answers, nouns.answer)} de ${counted(people, nouns.person)}`}`,
  since: (seconds, id) => `-# Depuis le <t:${seconds}:D>. Identifiant : \`${id}\``,
  settings: "## Réglages du projet",
  edit: "Modifier",
  saved: "## Réglages du projet\n**Enregistré.** Les nouvelles séries en tiennent compte.",
  stale:
    "**Rien n’a été enregistré**, car quelqu’un a changé les réglages depuis que vous les avez ouverts. Voici les réglages actuels :",
  fewerLabels: (count) =>
    `**Rien n’a été enregistré**, car ce projet a des réponses : les ${count} étiquettes doivent rester. Vous pouvez les renommer et en ajouter.`,
  movedLabel: (label) =>
    `**Rien n’a été enregistré**, car ce projet a des réponses, et ${label} a changé de ligne. Une étiquette doit garder sa ligne.`,
  offerClosing: (question) =>
    `## Clore le projet de ce salon ?\n${question}\nPersonne ne pourra plus étiqueter ni ajouter d’images, et on ne peut pas le rouvrir. Les images qui attendent une validation seront supprimées. Ses autres images et ses étiquettes restent chez les personnes qui gèrent ce bot. Le salon pourra avoir un nouveau projet.\nVoulez-vous d’abord les étiquettes ? L’export ci-dessous a toutes les réponses ; \`/export\` a d’autres formats.`,
  export: "Exporter les étiquettes",
  close: "Clore le projet",
  closed:
    "Le projet est clos. Ses images et ses étiquettes restent chez les personnes qui gèrent ce bot. `/projet créer` en commence un nouveau.",
};
