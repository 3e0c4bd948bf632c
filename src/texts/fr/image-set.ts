import type { Texts } from "../en.ts";

export const upload: Texts["upload"] = {
  command: {
    name: "upload",
    description: "Ajoute des images que tout le monde ici peut étiqueter",
    image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF ou TIFF, jusqu’à 10 Mio" },
    more: "Une autre image",
  },
  messageCommand: "Ajouter aux images",
  purpose: "`/hotdog` affiche les images de la collection pour qu’on les étiquette : hot-dog ou pas.",
  hello: (stats, hotdog, help) =>
    `Bonjour ! Je sais faire deux choses : ${hotdog} affiche des images à étiqueter, hot-dog ou pas, et ${stats} donne le min, le max, la moyenne et la médiane de nombres. ${help} explique tout ce que je sais faire.`,
  hint: "Pour ajouter jusqu’à 10 images, joignez-les à un message qui m’est adressé, ou utilisez `/upload`.",
  looking: "Je regarde ce que vous avez joint…",
  nothing: "Ce message n’a pas de pièce jointe. Choisissez-en un avec des images.",
  outcome: {
    added: "**ajoutée**",
    present: "**déjà là**",
    removed: "**retirée** de la collection ; ses étiquettes restent",
    approved: "**ajoutée** : validée par la modération",
    "near-duplicate": "**non ajoutée** : elle ressemble à une image déjà là",
    pending: "**en attente** de validation par la modération",
    "already-pending": "**déjà envoyée** à la modération",
    "taken-back": "**reprise** ; ses éventuelles étiquettes restent",
    rejected: "**non ajoutée** : la modération ne l’a pas validée",
    refused: (reason) => `**refusée** : ${reason}`,
  },
  refusal: {
    empty: "le fichier est vide",
    "too-large": "elle dépasse 10 Mio",
    "too-many-pixels": "elle dépasse 50 mégapixels, ou 65 535 pixels de côté",
    "too-much-memory": "sa lecture demande trop de mémoire ; réduisez-la, ou enregistrez-la en JPEG",
    "too-detailed": "elle a trop de détails pour tenir dans 12 Mio ; réduisez-la",
    heic: "le format HEIC n’est pas accepté ; enregistrez-la d’abord en JPEG",
    "other-format": "ce n’est pas une image JPEG, PNG, WebP, GIF, AVIF ou TIFF",
    damaged: "le fichier est endommagé, ou n’est pas du type annoncé",
    "too-slow": "elle est trop longue à lire",
    unreachable: "elle n’a pas pu être téléchargée ; réessayez plus tard",
    gone: "elle ne peut plus être téléchargée ; joignez-la de nouveau",
    foreign: "elle n’est pas sur les serveurs de Discord",
    "daily-budget": "vous auriez ajouté plus de 500 Mio aujourd’hui ; réessayez après minuit (UTC)",
    erased: "vous avez utilisé `/forget-me` après l’avoir envoyée",
  },
  remove: (number) => `Retirer ${number}`,
  takeBack: (number) => `Reprendre ${number}`,
};

export const remove: Texts["remove"] = {
  messageCommand: "Retirer des images",
  done: "Cette image a été retirée. Ses étiquettes restent.",
  taken: "**Retirée de la collection.**",
  doneAll: "**Retrait effectué.** Les étiquettes restent.",
  gone: "Cette image avait déjà été retirée.",
  notAllowed:
    "Seules les personnes qui gèrent ce bot, et les modérateurs de son serveur d’origine, peuvent faire cela pour les hot-dogs.",
  noRound: "Ce message n’a pas d’images de la collection. Choisissez une série, ou ma réponse à un ajout.",
  ask: (count) =>
    count < 2
      ? "## Retirer cette image de la collection ?\nSes étiquettes restent."
      : "## Retirer des images de la collection ?\nLeurs étiquettes restent.",
  remove: "Retirer",
  none: "Aucune de ces images n’est encore dans la collection.",
};
