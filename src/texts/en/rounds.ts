export const hotdog = {
  command: {
    name: "hotdog",
    description: "Shows 4 images to label: hot dog or not?",
    choose: {
      name: "choose",
      description: "Which images to show: random ones, or those that need answers most",
      choices: { random: "random", needed: "needed" },
    },
  },
  round: {
    question: "## Hot dog or not?\nPress 0 or 1 below each image. Only you will see your choice.",
    image: (position: number) => `**Image ${position}**`,
    alt: (position: number, count: number) => `Image ${position} of ${count}`,
    labels: { 0: "0 · not hot dog", 1: "1 · hot dog" },
  },
  noImages:
    "There are no images to label yet. The person who runs this bot can add the 20 starter images: `npm run import -- --starter`.",
};

export const round = {
  command: {
    name: "round",
    description: "Shows 4 images of this channel’s project to label",
    choose: {
      name: "choose",
      description: "Which images to show: those that need answers most, or random ones",
    },
  },
};

export const press = {
  saved: (position: number, label: string) =>
    `Saved: image ${position} is **${label}**. Changed your mind? Press the other button.`,
  removed: "This image has since been removed from the set, so your answer was not saved. Thanks anyway!",
  unknown:
    "This button is from another version of the bot and no longer works. Nothing was saved. Use `/hotdog` to get new images.",
  erased:
    "You used `/forget-me` after pressing this button, so the answer was not saved. Press again to save it.",
};
