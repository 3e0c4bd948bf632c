import type { Interval } from "../../labeling/beta.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted, number, share } = figuresIn("en-US");

/** How well one person labels, for that person alone. */
export const me = {
  command: { name: "me", description: "Shows you how well you label here; nobody else sees it" },
  title: "## How you label here",
  answered: (images: number) => `**Answered:** ${counted(images, nouns.image)}`,
  /** @param label the command that shows images to label */
  nothing: (label: string) => `You have not answered any image here yet. Start with \`/${label}\`.`,
  gold: (right: number, all: number, { low, high }: Interval) =>
    `**Check images:** right on ${number(right)} of ${number(all)} (${share(right, all)}). This suggests that you are right on ${share(low, 1)} to ${share(high, 1)} of all images.`,
  /** @param needed how many answers it takes */
  fewGold: (all: number, needed: number) =>
    `**Check images:** not enough yet: ${number(all)} of the ${number(needed)} that it takes to say something.`,
  settled: (agreeing: number, all: number) =>
    `**Other people:** you agree on ${number(agreeing)} of ${counted(all, { one: "settled image", other: "settled images" })} (${share(agreeing, all)})`,
  fewSettled: "**Other people:** not enough yet: of the images you answered, none is settled by others.",
  byLabel: (label: string, agreeing: number, all: number) =>
    `- ${label}: ${number(agreeing)} of ${number(all)} (${share(agreeing, all)})`,
  notes: {
    gold: "Check images are images whose answer is known; only your first answer to each counts.",
    settled:
      "An image counts here once others are sure of its label without your answer. They can be wrong, too.",
    unsure: "Answers of “Not sure” count in neither.",
  },
};
