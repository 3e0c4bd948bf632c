import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";

const { counted } = figuresIn("fr-FR");

export const myData: Texts["myData"] = {
  command: {
    name: "my-data",
    description: "Vous envoie tout ce qui est conservé sur vous ; personne d’autre ne le voit",
  },
  nothing: "Rien n’est conservé sur vous.",
  kept: (labels, uploads) =>
    `Voici tout ce qui est conservé sur vous : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** pour des images que vous avez ajoutées. Un pseudonyme remplace votre nom. \`/forget-me\` efface tout.`,
  exclusions: (count) =>
    `\`my-exclusions.csv\` contient **${counted(count, "décision")}** de modérateurs sur la prise en compte de vos réponses, avec les raisons.`,
  tooLarge: (reference) =>
    `Un des fichiers dépasserait ce que Discord permet. La personne qui gère ce bot peut vous l’envoyer. Référence : \`${reference}\``,
  asked: (seconds) =>
    `-# Vous avez utilisé \`/forget-me\` le <t:${seconds}:f>. Cette date reste conservée, sous votre pseudonyme, pour que rien d’antérieur ne revienne.`,
};

export const forgetMe: Texts["forgetMe"] = {
  command: {
    name: "forget-me",
    description: "Efface tout ce qui est conservé sur vous, après confirmation",
  },
  question:
    "## Effacer tout ce qui est conservé sur vous ?\nCela efface vos réponses aux images et les entrées qui disent quelles images vous avez ajoutées, et ce que des modérateurs ont décidé de vos réponses, de tous les serveurs, y compris les réponses en cours d’enregistrement. **C’est irréversible.**\nLes images elles-mêmes restent dans la collection, sans rien qui mène à vous. Les membres qui peuvent gérer les messages, ou la personne qui gère ce bot, peuvent les retirer. Les messages sur Discord restent aussi.\nVous en voulez d’abord une copie ? Utilisez `/my-data`.",
  confirm: "Tout effacer",
  removing: "Suppression de ce qui est conservé sur vous…",
  notYours: "Ce bouton est destiné à quelqu’un d’autre. Utilisez `/forget-me` pour effacer vos données.",
  done: (labels, uploads) =>
    `Effacé définitivement : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** pour des images que vous avez ajoutées. Les images elles-mêmes restent dans la collection. Ce que vous ferez désormais sera de nouveau conservé.`,
  exclusions: (count) =>
    `${counted(count, "décision")} de modérateurs sur la prise en compte de vos réponses : ${count === 1 ? "effacée" : "effacées"} aussi.`,
  nothing: "Rien n’était conservé sur vous. Ce que vous ferez désormais sera de nouveau conservé.",
};

export const personalRows: Texts["personalRows"] = {
  hotdogs: "Hot-dogs",
  project: (question, channel) => `${question} dans ${channel}`,
  unreadable: "Un projet dont la question est illisible",
  line: (project, { labels, uploads, exclusions }) =>
    `- ${project} : ${counted(labels, "réponse")}, ${counted(uploads, "entrée")}${exclusions === 0 ? "" : `, ${counted(exclusions, "décision")}`}`,
  more: (count) => `- et ${counted(count, "autre projet", "autres projets")}`,
};
