import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("fr-FR");

export const review: Texts["review"] = {
  review: "Examiner",
  waiting: (count) =>
    `**${counted(count, { one: "image attend", other: "images attendent" })} une validation.**`,
  title: (count, shown) =>
    `## Examiner des images\n${counted(count, { one: "image attend", other: "images attendent" })} une validation.${shown < count ? ` Voici les ${shown} plus anciennes.` : ""} Les images validées rejoignent la collection, les autres sont supprimées. Les réponses aux expéditeurs l’indiquent.`,
  sent: (seconds, answer) =>
    `-# Envoyée <t:${seconds}:R>${answer === undefined ? "" : ` · [Réponse à l’expéditeur](${answer})`}`,
  approve: "Valider",
  reject: "Refuser",
  approveAll: (count) => `Valider les ${count}`,
  rejectAll: (count) => `Refuser les ${count}`,
  approved: (count) => `**${counted(count, { one: "image validée", other: "images validées" })}.**`,
  rejected: (count) => `**${counted(count, { one: "image refusée", other: "images refusées" })}.**`,
  late: (count) =>
    `**${counted(count, nouns.image)} :** quelqu’un d’autre avait déjà décidé, ou la personne ${count < 2 ? "l’avait reprise" : "les avait reprises"}.`,
  none: "Aucune image n’attend de validation.",
  noneLeft: "Aucune autre image n’attend de validation.",
  notAllowed:
    "Seuls les membres qui peuvent gérer les messages ici peuvent valider les images du projet de ce salon.",
  hotdogsNotAllowed:
    "Seules les personnes qui gèrent ce bot, et les modérateurs de son serveur d’origine, peuvent valider des images de hot-dogs.",
  hotdogs: "## Hot-dogs",
  homeOnly:
    "Seules les personnes du serveur d’origine de ce bot peuvent ajouter des images de hot-dogs, depuis ce serveur ; rien n’a donc été enregistré.",
};
