/** Labeling in projects of channels. */
export const labeling = {
  howToPress: "Press your answer below each image. Only you will see your choice.",
  howToSelect: "Choose your answer below each image. Only you will see your choice.",
  placeholder: (position: number) => `Your answer to image ${position}`,
  unsure: "Not sure",
  noImages: "There are no images to label in this channel’s project yet. Add some with `/upload`.",
  saved: (position: number, label: string) =>
    `Saved: image ${position} is **${label}**. Changed your mind? Choose another answer.`,
  savedUnsure: (position: number) =>
    `Saved: you are **not sure** about image ${position}. Changed your mind? Choose another answer.`,
  noLabel:
    "The question has changed and no longer offers this answer, so nothing was saved. Use `/round` to get new images.",
  purpose: "`/round` shows the images of this channel’s project for people to label.",
};
