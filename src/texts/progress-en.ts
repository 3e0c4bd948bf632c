import { figuresIn } from "./figures.ts";

const { number, ratio, share, day } = figuresIn("en-US");

const several = (count: number, one: string, more: string): string =>
  `${number(count)} ${count === 1 ? one : more}`;

/** What people read of `/progress`, in English. */
export const progress = {
  command: {
    name: "progress",
    description: "How far the labelling has come: images, answers, people, agreement",
  },
  tooMany: "That was more than 10 times in a minute. Nothing was worked out; please wait a moment.",
  title: "## How far we have come",
  images: (all: number, labelled: number, byMore: number) =>
    `**Images:** ${number(all)} in the set, ${number(labelled)} labelled (${share(labelled, all)}), ${number(byMore)} by 3 or more people (${share(byMore, all)})`,
  answers: (answers: number, people: number) =>
    `**Answers:** ${number(answers)}, by ${several(people, "person", "people")}`,
  unlabelled: (all: number) =>
    `**Images:** ${number(all)} in the set, none labelled yet. Be the first: \`/hotdog\` shows 4 to label.`,
  agreement: (alpha: number | undefined, reading: string) =>
    `**Agreement:** ${alpha === undefined ? "not known" : ratio(alpha)} – ${reading}`,
  readings: {
    reliable: "high: people say the same of the same image",
    tentative: "fair: good enough for first conclusions",
    unreliable: "low: people often say different things of the same image",
    chance: "none: people agree no more often than by chance",
    alone: "no image has answers of two people yet",
    unanimous: "so far everybody says the same of every image, which cannot be told from chance",
  },
  methods: (differ: number, tied: number, decided: number) => {
    const agreed = tied === 0 ? "agree on every labelled image" : "agree wherever there is a majority";
    const verdict = differ === 0 ? agreed : `disagree on ${several(differ, "image", "images")}`;
    const ties = `. Votes are tied on ${several(tied, "image", "images")}; Dawid–Skene ${decides(tied, decided)}`;
    return `**Majority and Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
  },
  notes:
    "-# Of several answers by one person to one image the last counts. Agreement is Krippendorff’s alpha: 1 is perfect, 0 is chance. Dawid–Skene weighs people’s answers by how well they answer.",
  chart: {
    coverage: "Images labelled by",
    images: (count: number) => several(count, "image", "images"),
    by: { more: "3 or more", two: "2 people", one: "1 person", none: "nobody yet" },
    answers: "Answers per day",
    last: (days: number) => `last ${days} days, UTC`,
    noAnswers: (days: number) => `No answers in the last ${days} days`,
    number,
    share,
    day,
  },
  alt: {
    coverage: (images: string, parts: string) => `${images}. Labelled by ${parts}.`,
    part: (by: string, count: string, share: string) => `${by}: ${count} (${share})`,
    answers: (title: string, from: string, to: string, counts: string) =>
      `${title} from ${from} to ${to}, UTC: ${counts}.`,
    most: (count: string, on: string) => `Most on ${on}: ${count}.`,
  },
};

function decides(tied: number, decided: number): string {
  if (tied === 1) return decided === 1 ? "decides it" : "cannot decide it";
  if (decided === tied) return "decides them all";
  return decided === 0 ? "decides none of them" : `decides ${number(decided)} of them`;
}
