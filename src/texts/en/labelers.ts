import type { Interval } from "../../labeling/beta.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted, day, number, share } = figuresIn("en-US");

/** How people label, for moderators. */
export const labelers = {
  command: {
    name: "labelers",
    description: "Shows moderators how well each person labels, under a pseudonym",
  },
  title: "## How people label here",
  /** @param until the last full day */
  until: (people: number, minAnswers: number, until: Date) =>
    `${counted(people, nouns.person)} with ${number(minAnswers)} answers or more, by the end of ${day(until)} (UTC)`,
  nobody: (minAnswers: number, until: Date) =>
    `Nobody had ${number(minAnswers)} answers yet by the end of ${day(until)} (UTC). Today’s answers appear tomorrow, so that nobody is recognized by a press that somebody watched.`,
  excludedTitle: "### Excluded",
  person: (name: string) => `**\`${name}\`**`,
  figures: {
    answers: (count: number) => counted(count, nouns.answer),
    gold: (right: number, all: number) => `gold ${number(right)}/${number(all)}`,
    reliability: (value: number, { low, high }: Interval) =>
      `reliability ${share(value, 1)} (${share(low, 1)} to ${share(high, 1)})`,
    unknown: "reliability not known yet",
    pace: (seconds: number) => `${number(Math.round(seconds * 10) / 10)} s`,
  },
  page: (page: number, pages: number) => `Page ${number(page)} of ${number(pages)}`,
  notes:
    "-# The least reliable come first. Reliability: how often somebody gives an image the label that gold or the other people’s answers say it has, as a mean over all labels; in brackets, the range that has 95% of the probability. Last: the median time between two answers. The consensus already gives little weight to people who press at random, so exclude only those who disturb it on purpose.",
  placeholder: "Exclude somebody, or take it back",
  option: {
    exclude: (name: string) => `Exclude ${name}`,
    takeBack: (name: string) => `Count ${name} again`,
  },
  previous: "Previous",
  next: "Next",
  modal: {
    exclude: (name: string) => `Exclude ${name}`,
    takeBack: (name: string) => `Count ${name} again`,
    why: "Why?",
    readable: "The person can read this with /my-data. Write no names.",
    optional: "You may leave this empty. The person can read it with /my-data.",
  },
  noReason: "Nothing was changed: an exclusion needs a reason. Choose the person again.",
  excluded: (name: string) =>
    `**Excluded:** \`${name}\`. Their answers stay stored, but no longer count. They are not told, and can go on labeling.`,
  takenBack: (name: string) => `**Taken back:** the answers of \`${name}\` count again.`,
  gone: "This person no longer has answers here, so nothing was changed.",
};
