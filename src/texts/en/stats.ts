export const stats = {
  command: {
    name: "stats",
    description: "Min, max, mean and median of 1 to 10 positive numbers",
    numbers: { name: "numbers", description: "1 to 10 numbers greater than 0, for example: 3 5 8" },
  },
  refusal: {
    title: "I cannot use these numbers, so nothing was recorded.",
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
    commaSeparates: "A comma separates numbers here: `2,5` means 2 and 5. For a decimal, write `2.5`.",
    stats: (min: string, max: string, mean: string, median: string) =>
      `**Min:** ${min}\n**Max:** ${max}\n**Mean:** ${mean}\n**Median:** ${median}`,
  },
};
