import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("en-US");

/** The question whether images from a direct message or a private thread are added. */
export const askUpload = {
  hotdogs: (images: number) =>
    `**Add ${images === 1 ? "this image" : `these ${counted(images, nouns.image)}`} to the public hot-dog set?**\nEveryone who uses me can then see and label ${images === 1 ? "it" : "them"}. Nothing is stored yet.`,
  project: (images: number, channel: string) =>
    `**Add ${images === 1 ? "this image" : `these ${counted(images, nouns.image)}`} to the project of ${channel}?**\nEveryone there can then see and label ${images === 1 ? "it" : "them"}. Nothing is stored yet.`,
  yes: "Yes, add",
  no: "No",
  declined: "Nothing was added, and nothing is stored.",
  gone: "Your message is gone, or I can no longer see it, so nothing was added. Send the images again to add them.",
  notYours: "Only the person who sent these images can answer this.",
};

/** The button that adds an image although it looks like one in the set. */
export const addAnyway = {
  /** Contains the number of the file and no other, by which the worker finds the button. */
  button: (number: number) => `Add ${number} anyway`,
  gone: "The image is gone, or I can no longer see it, so it was not added. Send it again to add it.",
  notYours: "Only the person who sent this image can add it anyway.",
};

/** What a sender is told about taking an image back. */
export const takeBack = {
  done: "You took this image back. It is no longer in the set; its labels stay.",
  gone: "This image was no longer in the set.",
  notYours:
    "Only the person who added this image can take it back, and only until they use `/forget-me`. Moderators can remove it.",
};

/** The list of the images that a person has added. */
export const ownImages = {
  open: "Images I added",
  title:
    "## Images you added\nThese are still in the set, or wait for approval. You can take each one back; its labels stay.",
  none: "None of the images you added is still in the set.",
  caption: (name: string, project: string, seconds: number) => `${name}, ${project}, <t:${seconds}:D>`,
  takeBack: "Take back",
  newer: "Newer",
  older: "Older",
};
