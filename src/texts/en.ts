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
  notAccepted:
    "Sorry, your request could not be accepted just now. Nothing was recorded. Please try again in a moment.",
  failed: (reference: string) =>
    `Sorry, something went wrong on our side and this could not be done. Please try again; if it happens again, tell whoever runs this bot. Reference: \`${reference}\``,
  unknown:
    "Sorry, I do not know this one (any more). Please choose again from the list that opens when you type `/`.",
};

export type Texts = typeof en;
