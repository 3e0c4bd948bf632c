import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("fr-FR");

export const label: Texts["label"] = {
  command: {
    name: "étiqueter",
    description: "Vous montre des images à étiqueter, une par une ; personne d’autre ne les voit",
  },
  hotdogQuestion: "## Hot-dog ou pas ?",
  alt: (number) => `Image ${number}, sans réponse pour l’instant`,
  altAnswered: "Une image à laquelle vous avez répondu",
  // On a phone, each of these must fit into one line, so that the buttons never move.
  answered: (images) =>
    images === 0 ? "Aucune réponse ici pour l’instant" : `**${counted(images, nouns.answer)}** ici`,
  alone: "Personne d’autre ne voit ce message.",
  howToChange: "Pour changer une réponse : « Retour ».",
  given: (answer) => `Votre réponse : **${answer}**. « Passer » la garde.`,
  placeholder: "Votre réponse",
  skip: "Passer",
  back: "Retour",
  done: "Terminer",
  removed: "La dernière image a été retirée ; votre réponse n’a pas été enregistrée.",
  erased: "Vous avez utilisé `/forget-me` après votre dernière réponse ; elle n’a donc pas été enregistrée.",
  noLabel: "La question a changé ; votre réponse n’a pas été enregistrée. Veuillez répondre de nouveau.",
  unsaved:
    "**Votre réponse n’est pas encore enregistrée.**\n-# Un nouvel essai suivra ; vous pouvez aussi appuyer de nouveau.",
  failed: "**Votre réponse n’a pas pu être enregistrée.**\n-# Veuillez appuyer de nouveau.",
  noOther: "Aucune autre image n’a besoin de réponses pour le moment.",
  noEarlier: "Il n’y a pas d’image précédente.",
  everything: "## Vous avez répondu à tout ce qui a besoin de réponses",
  finished: (images) =>
    images === 0
      ? "## Vous n’avez répondu à aucune image"
      : `## Vous avez répondu à ${counted(images, nouns.image)}`,
  thanks: "Chaque réponse est enregistrée. Merci !",
  progress: "Progression",
  goOn: "Continuer",
  open: "Étiqueter une par une",
};
