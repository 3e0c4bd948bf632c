import type { Progress } from "../../labeling/progress.ts";
import { figuresIn } from "../figures.ts";

const figures = figuresIn("en-US");
const { counted, number, ratio, share } = figures;

type Comparison = Pick<Progress, "differ" | "tied" | "decided">;

export const progress = {
  command: {
    name: "progress",
    description: "Shows how many images are labeled, and how well people agree",
  },
  title: "## Labeling progress",
  images: (all: number, labeled: number, byMore: number) =>
    `**Images:** ${number(all)} in the set, ${number(labeled)} labeled (${share(labeled, all)}), ${number(byMore)} by 3 or more people (${share(byMore, all)})`,
  answers: (answers: number, people: number, unsure: number) =>
    `**Answers:** ${number(answers)}${unsure === 0 ? "" : ` (${number(unsure)} of them “Not sure”)`}, by ${counted(people, "person", "people")}`,
  /** @param round the command that shows images to label */
  unlabeled: (all: number, round: string) =>
    `**Images:** ${number(all)} in the set, none labeled yet. Be the first: \`/${round}\` shows 4 to label.`,
  agreement: (alpha: number | undefined, reading: string) =>
    `**Agreement:** ${alpha === undefined ? "unknown" : ratio(alpha)} – ${reading}`,
  readings: {
    reliable: "high: people give the same answer to the same image",
    tentative: "fair: good enough for first conclusions",
    unreliable: "low: people often give different answers to the same image",
    chance: "none: people agree no more often than by chance",
    alone: "no image has answers from two people yet",
    unanimous: "everyone has given the same answer to every image so far, which could also be chance",
  },
  comparison: ({ differ, tied, decided }: Comparison) => {
    const agreed = tied === 0 ? "agree on every labeled image" : "agree wherever there is a majority";
    const verdict = differ === 0 ? agreed : `disagree on ${counted(differ, "image")}`;
    const ties = `. Votes are tied on ${counted(tied, "image")}, of which Dawid–Skene decides ${number(decided)}`;
    return `**Majority and Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
  },
  notes:
    "-# If a person answers an image several times, the last answer counts. Agreement is Krippendorff’s alpha: 1 is perfect, 0 is chance. Dawid–Skene gives more weight to people who answer well.",
  chart: {
    coverage: "Images labeled by",
    images: (count: number) => counted(count, "image"),
    by: { more: "3 or more", two: "2 people", one: "1 person", none: "nobody yet" },
    answers: "Answers per day",
    last: (days: number) => `last ${days} days, UTC`,
    noAnswers: (days: number) => `No answers in the last ${days} days`,
    ...figures,
  },
  alt: {
    coverage: (images: string, parts: string) => `${images}. Labeled by ${parts}.`,
    part: (by: string, count: string, share: string) => `${by}: ${count} (${share})`,
    answers: (title: string, from: string, to: string, counts: string) =>
      `${title} from ${from} to ${to}, UTC: ${counts}.`,
    most: (count: string, on: string) => `Most on ${on}: ${count}.`,
  },
};
