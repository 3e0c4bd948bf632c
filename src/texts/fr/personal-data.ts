import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("fr-FR");

export const myData: Texts["myData"] = {
  command: {
    name: "my-data",
    description: "Vous envoie tout ce qui est conservé sur vous ; personne d’autre ne le voit",
  },
  nothing: "Rien n’est conservé sur vous.",
  kept: (labels, uploads) =>
    `Voici tout ce qui est conservé sur vous : **${counted(labels, nouns.answer)}** à des images, et **${counted(uploads, nouns.entry)}** pour des images que vous avez ajoutées. Un pseudonyme remplace votre nom. \`/forget-me\` efface tout.`,
  exclusions: (count) =>
    `\`my-exclusions.csv\` contient **${counted(count, nouns.decision)}** de modérateurs sur la prise en compte de vos réponses, avec les raisons.`,
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
    "## Effacer tout ce qui est conservé sur vous ?\nCela efface vos réponses aux images et les entrées qui disent quelles images vous avez ajoutées, et ce que des modérateurs ont décidé de vos réponses, de tous les serveurs, y compris les réponses en cours d’enregistrement. **C’est irréversible.**\nLes images elles-mêmes restent dans la collection, sans rien qui mène à vous, sauf si vous choisissez de les retirer aussi. Ensuite, vous ne pourrez plus les reprendre. Les messages sur Discord restent dans tous les cas.\nVous en voulez d’abord une copie ? Utilisez `/my-data`.",
  confirm: "Tout effacer",
  confirmWithImages: "Tout effacer, avec mes images",
  removing: "Suppression de ce qui est conservé sur vous…",
  notYours: "Ce bouton est destiné à quelqu’un d’autre. Utilisez `/forget-me` pour effacer vos données.",
  done: (labels, uploads, withImages) =>
    `Effacé définitivement : **${counted(labels, nouns.answer)}** à des images, et **${counted(uploads, nouns.entry)}** pour des images que vous avez ajoutées. Les images elles-mêmes ${withImages ? "sont retirées de" : "restent dans"} la collection. Ce que vous ferez désormais sera de nouveau conservé.`,
  exclusions: (count) =>
    `${counted(count, nouns.decision)} de modérateurs sur la prise en compte de vos réponses : ${count === 1 ? "effacée" : "effacées"} aussi.`,
  nothing: "Rien n’était conservé sur vous. Ce que vous ferez désormais sera de nouveau conservé.",
};

export const personalRows: Texts["personalRows"] = {
  hotdogs: "Hot-dogs",
  project: (question, channel) => `${question} dans ${channel}`,
  unreadable: "Un projet dont la question est illisible",
  line: (project, { labels, uploads, exclusions }) =>
    `- ${project} : ${counted(labels, nouns.answer)}, ${counted(uploads, nouns.entry)}${exclusions === 0 ? "" : `, ${counted(exclusions, nouns.decision)}`}`,
  more: (count) => `- et ${counted(count, { one: "autre projet", other: "autres projets" })}`,
};
