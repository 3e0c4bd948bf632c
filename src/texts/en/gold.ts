import { figuresIn } from "../figures.ts";

const { counted } = figuresIn("en-US");

/** Gold answers: images whose label moderators know. */
export const gold = {
  messageCommand: "Set gold answer",
  noRound: "This message has no images to answer. Choose one of my rounds.",
  offer:
    "## Gold answers\nChoose the right answer where nobody can doubt it. `/label` then mixes the image in with the others, and tells people after their first answer whether they were right.",
  image: (position: number) => `**Image ${position}**`,
  alt: (position: number, count: number) => `Image ${position} of ${count}`,
  current: (answer: string) => `Gold answer: **${answer}**`,
  none: "No gold answer",
  placeholder: (position: number) => `Gold answer of image ${position}`,
  saved: (answer: string) => `**Saved.** Gold answer: **${answer}**`,
  takenBack: "**Saved.** No gold answer",
  noLabel: "The question has changed and no longer has this label, so nothing was saved.",
  allGone: "None of these images is still in the set.",
  gone: "This image is no longer in the set, so nothing was saved.",
  /** In `/project info`. */
  count: (images: number) => `**Gold images:** ${images === 0 ? "none" : images}`,
  howTo:
    "Make some with _Apps → Set gold answer_ in the menu of a round: 20 to 50 that show every label let you see who does well.",
  ofLabel: (label: string, images: number) => `${label}: ${images}`,
  more: (images: number) => `and ${counted(images, { one: "more image", other: "more images" })}`,
  /** In `/label`, with the next image. Each must fit into one line on a phone. */
  right: "✓ That was a check, and you were right.",
  wrong: (answer: string) => `✗ That was a check. Correct: **${answer}**`,
  unsure: (answer: string) => `That was a check. Correct: **${answer}**`,
};
