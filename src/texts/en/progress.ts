import type { Progress } from "../../labeling/progress.ts";
import type { Range } from "../../labeling/remaining-answers.ts";
import { figuresIn, type Noun } from "../figures.ts";
import { nouns } from "./nouns.ts";

const figures = figuresIn("en-US");
const { counted, number, ratio, share } = figures;

type Parts = Pick<Progress, "images" | "settled" | "open" | "untouched">;
type Remaining = Pick<Progress, "images" | "settled" | "remaining" | "remainingDays">;

/** Says "1 day", "about 3 days" or "3 to 5 days". */
function range({ low, high }: Range, noun: Noun): string {
  if (low === high) return high === 1 ? counted(1, noun) : `about ${counted(high, noun)}`;
  return `${number(low)} to ${counted(high, noun)}`;
}

export const progress = {
  command: {
    name: "progress",
    description: "Shows how many images are settled, how much is left, and how well people agree",
  },
  title: "## Labeling progress",
  images: ({ images, settled, open, untouched }: Parts) =>
    `**Images:** ${number(settled)} of ${number(images)} settled (${share(settled, images)}), ${number(open)} with too few answers, ${number(untouched)} with none yet`,
  remaining: ({ images, settled, remaining, remainingDays }: Remaining) => {
    if (settled === images) return "**Are we done?** Yes: no image needs more answers.";
    const answers = `**Are we done?** Not yet: ${range(remaining, { one: "more answer", other: "more answers" })} will do`;
    return remainingDays === undefined
      ? `${answers}. Nobody has answered in the last 7 days.`
      : `${answers}. At the rate of the last 7 days, this takes ${range(remainingDays, nouns.day)}.`;
  },
  answers: (answers: number, people: number, unsure: number) =>
    `**Answers:** ${number(answers)}${unsure === 0 ? "" : ` (${number(unsure)} of them “Not sure”)`}, by ${counted(people, nouns.person)}`,
  /** @param round the command that shows images to label */
  unlabeled: (all: number, round: string) =>
    `**Images:** ${number(all)} in the set, none labeled yet. Be the first: \`/${round}\` shows 4 to label.`,
  agreement: (alpha: number | undefined, reading: string) =>
    `**Agreement:** ${reading}${alpha === undefined ? "" : ` (α ${ratio(alpha)})`}`,
  readings: {
    reliable: "people agree almost always",
    tentative: "people agree often enough for first conclusions",
    unreliable: "people often give different answers to the same image",
    chance: "people agree no more often than by chance",
    alone: "no image has answers from two people yet",
    unanimous: "everyone has given the same answer to every image so far, which could also be chance",
  },
  notes:
    "-# An image is settled once its label is sure enough and at least two people agree on it, or after 7 answers. If a person answers an image several times, the last answer counts. α measures agreement: 1 is perfect, 0 is chance.",
  chart: {
    coverage: "Images",
    images: (count: number) => counted(count, nouns.image),
    parts: { settled: "settled", open: "need more", untouched: "no answers yet" },
    answers: "Answers per day",
    last: (days: number) => `last ${days} days, UTC`,
    noAnswers: (days: number) => `No answers in the last ${days} days`,
    ...figures,
  },
  alt: {
    coverage: (images: string, parts: string) => `${images}: ${parts}.`,
    part: (name: string, count: string, share: string) => `${name}: ${count} (${share})`,
    answers: (title: string, from: string, to: string, counts: string) =>
      `${title} from ${from} to ${to}, UTC: ${counts}.`,
    most: (count: string, on: string) => `Most on ${on}: ${count}.`,
  },
};
