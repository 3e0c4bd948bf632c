/** What people read, in English. The other languages have the same keys. */
export const en = {
  stats: {
    command: {
      name: "stats",
      description: "Min, max, mean and median of 1 to 10 positive numbers",
      numbers: { name: "numbers", description: "1 to 10 numbers greater than 0, for example: 3 5 8" },
    },
    refusal: {
      title: "I cannot take these numbers; nothing was recorded.",
      none: "**No number** was given.",
      tooMany: (count: number) => `**Too many numbers:** there are ${count}, at most 10 are accepted.`,
      faults: {
        "not-a-number": "Not a number",
        "not-positive": "Not greater than 0",
        "too-many-digits": "More than 30 digits",
        "out-of-range": "Outside 1e-30 to 1e30",
      },
      fault: (reason: string, pieces: string) => `**${reason}:** ${pieces}`,
      more: (count: number) => `and ${count} more`,
      accepted:
        "Accepted: 1 to 10 numbers greater than 0, separated by spaces, commas or semicolons, such as `3 5 8`, `.5`, `2.50` or `1e3`. Each has at most 30 digits and lies between 1e-30 and 1e30.",
    },
    answer: {
      asked: (asker: string, numbers: string) => `${asker} asked for the stats of **${numbers}**`,
      commaSeparates: "A comma separates numbers here: `2,5` is 2 and 5. For a decimal, write `2.5`.",
      stats: (min: string, max: string, mean: string, median: string) =>
        `**Min:** ${min}\n**Max:** ${max}\n**Mean:** ${mean}\n**Median:** ${median}`,
    },
  },
  hotdog: {
    command: { name: "hotdog", description: "Shows 4 images to label: hot dog or not?" },
    round: {
      question: "## Hot dog or not?\nPress 0 or 1 below each image. Only you will see what you chose.",
      image: (position: number) => `**Image ${position}**`,
      alt: (position: number, count: number) => `Image ${position} of ${count}`,
      labels: { 0: "0 · not hot dog", 1: "1 · hot dog" },
    },
    noImages:
      "There are no images to label yet. Whoever runs this bot can add the 20 to start with: `npm run import -- --starter`.",
  },
  press: {
    saved: (position: number, label: string) =>
      `Saved: image ${position} is **${label}**. Changed your mind? Press the other button.`,
    removed: "This image has been taken out of the set since, so nothing was saved. Thank you all the same!",
    unknown:
      "This button is from another version and no longer works; nothing was saved. Ask for new images with `/hotdog`.",
    tooMany:
      "That was more than 10 presses in a second. This one was not saved; please press again, a little slower.",
  },
  notAccepted:
    "Sorry, your request could not be accepted just now. Nothing was recorded. Please try again in a moment.",
  failed: (reference: string) =>
    `Sorry, something went wrong on our side and this could not be done. Please try again; if it happens again, tell whoever runs this bot. Reference: \`${reference}\``,
  unknown:
    "Sorry, I do not know this one (any more). Please choose again from the list that opens when you type `/`.",
};

export type Texts = typeof en;
