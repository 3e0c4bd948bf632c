import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("fr-FR");

export const askUpload: Texts["askUpload"] = {
  hotdogs: (images) =>
    `**Ajouter ${images === 1 ? "cette image" : `ces ${counted(images, nouns.image)}`} à la collection publique de hot-dogs ?**\nToutes les personnes qui m’utilisent pourront ${images === 1 ? "la voir et l’étiqueter" : "les voir et les étiqueter"}. Rien n’est encore enregistré.`,
  project: (images, channel) =>
    `**Ajouter ${images === 1 ? "cette image" : `ces ${counted(images, nouns.image)}`} au projet de ${channel} ?**\nTout le monde là-bas pourra ${images === 1 ? "la voir et l’étiqueter" : "les voir et les étiqueter"}. Rien n’est encore enregistré.`,
  yes: "Oui, ajouter",
  no: "Non",
  declined: "Rien n’a été ajouté, et rien n’est enregistré.",
  gone: "Votre message a disparu, ou je ne peux plus le voir : rien n’a été ajouté. Envoyez de nouveau les images pour les ajouter.",
  notYours: "Seule la personne qui a envoyé ces images peut répondre.",
};

export const addAnyway: Texts["addAnyway"] = {
  button: (number) => `Ajouter ${number} quand même`,
  gone: "L’image a disparu, ou je ne peux plus la voir : elle n’a pas été ajoutée. Envoyez-la de nouveau pour l’ajouter.",
  notYours: "Seule la personne qui a envoyé cette image peut l’ajouter quand même.",
};

export const takeBack: Texts["takeBack"] = {
  done: "Vous avez repris cette image. Elle n’est plus dans la collection ; ses étiquettes restent.",
  gone: "Cette image n’était déjà plus dans la collection.",
  notYours:
    "Seule la personne qui a ajouté cette image peut la reprendre, et seulement tant qu’elle n’a pas utilisé `/forget-me`. Les modérateurs peuvent la retirer.",
};

export const ownImages: Texts["ownImages"] = {
  open: "Mes images",
  title:
    "## Images que vous avez ajoutées\nElles sont encore dans la collection, ou attendent d’être validées. Vous pouvez reprendre chacune ; ses étiquettes restent.",
  none: "Aucune des images que vous avez ajoutées n’est encore dans la collection.",
  caption: (name, project, seconds) => `${name}, ${project}, <t:${seconds}:D>`,
  takeBack: "Reprendre",
  newer: "Plus récentes",
  older: "Plus anciennes",
};
