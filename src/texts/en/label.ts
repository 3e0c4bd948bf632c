import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("en-US");

/** Labeling alone: one image at a time, in one private message. */
export const label = {
  command: {
    name: "label",
    description: "Shows you one image after another to label; nobody else sees them",
  },
  hotdogQuestion: "## Hot dog or not?",
  alt: (number: number) => `Image ${number}, not answered yet`,
  altAnswered: "An image that you have answered",
  // On a phone, each of these must fit into one line, so that the buttons never move.
  answered: (images: number) =>
    images === 0 ? "Nothing answered here yet" : `**${counted(images, nouns.image)}** answered here`,
  alone: "Only you see this. Each answer is saved.",
  howToChange: "To change your last answer, press Back.",
  given: (answer: string) => `Your answer: **${answer}**. Skip keeps it.`,
  placeholder: "Your answer",
  skip: "Skip",
  back: "Back",
  done: "Done",
  removed: "The last image was removed from the set, so your answer was not saved.",
  erased: "You used `/forget-me` after your last answer, so it was not saved.",
  noLabel: "The question has changed, so your answer was not saved. Please answer again.",
  unsaved: "**Your answer is not saved yet.**\n-# It will be tried again; you can also press again.",
  failed: "**Your answer could not be saved.**\n-# Please press again.",
  noOther: "No other image needs answers at the moment.",
  noEarlier: "There is no earlier image to go back to.",
  everything: "## You have answered everything that needs answers",
  finished: (images: number) =>
    images === 0 ? "## You answered no images" : `## You answered ${counted(images, nouns.image)}`,
  thanks: "Every answer is saved. Thank you!",
  progress: "Progress",
  goOn: "Go on",
  open: "Label alone",
};
