import { collectVotes, type LastAnswers, type Votes } from "../../src/labeling/votes.ts";
import { seeded, type Random } from "../../src/platform/seeded.ts";

/** Votes with the true label of each image. */
export interface LabeledVotes {
  votes: Votes;
  /** The true labels, by index of the image. Undefined where nobody knows. */
  truth: readonly (number | undefined)[];
  /** Number of labels. */
  labels: number;
}

interface BigCrowd {
  seed: number;
  images: number;
  people: number;
  /** Number of labels. Each is equally frequent. */
  labels: number;
  /** Answers to each image. */
  each: number;
  /** The label that a person gives to an image. */
  answer: (image: { truth: number; isHard: boolean }, person: number, random: Random) => number;
}

/** The share of images that some people take for another label. */
const HARD_SHARE = 0.4;

/** Simulates a crowd of any size, fast. */
function bigCrowd({ seed, images, people, labels, each, answer }: BigCrowd): LabeledVotes & {
  votes: LastAnswers;
} {
  const random = seeded(seed);
  const collector = collectVotes();
  const truth: number[] = [];
  let id = 0;
  for (let image = 0; image < images; image += 1) {
    const content = { truth: Math.floor(random() * labels), isHard: random() < HARD_SHARE };
    truth.push(content.truth);
    const asked = new Set<number>();
    while (asked.size < each) asked.add(Math.floor(random() * people));
    for (const person of asked) {
      id += 1;
      const label = answer(content, person, random);
      collector.add({ id: String(id), image: `image-${image}`, labeler: `person-${person}`, label });
    }
  }
  return { votes: collector.votes(), truth, labels };
}

/** A person who is right with this probability, and otherwise gives any other label. */
function rightWith(skill: number, truth: number, labels: number, random: Random): number {
  if (random() < skill) return truth;
  return (truth + 1 + Math.floor(random() * (labels - 1))) % labels;
}

/** From 0.62 to 0.94. */
const skillOf = (person: number): number => 0.62 + (person % 10) * 0.036;

/** People who err independently of each other. */
export function independentCrowd(
  seed: number,
  images: number,
  { people = 500, labels = 2 } = {},
): LabeledVotes {
  return bigCrowd({
    seed,
    images,
    people,
    labels,
    each: 5,
    answer: ({ truth }, person, random) => rightWith(skillOf(person), truth, labels, random),
  });
}

/** Three people of ten are very good, but all fooled by the same hard images. Ten people answer each image. */
export function fooledCrowd(seed: number, images: number): LabeledVotes {
  return bigCrowd({
    seed,
    images,
    people: 10,
    labels: 2,
    each: 10,
    answer: ({ truth, isHard }, person, random) =>
      rightWith(person >= 3 ? 0.75 : isHard ? 0.2 : 0.95, truth, 2, random),
  });
}

/** Five labels, of which people often confuse the last two. */
export function confusedCrowd(seed: number, images: number): LabeledVotes {
  return bigCrowd({
    seed,
    images,
    people: 40,
    labels: 5,
    each: 5,
    answer: ({ truth }, person, random) =>
      truth === 4 && person % 2 === 0 && random() < 0.6 ? 3 : rightWith(skillOf(person), truth, 5, random),
  });
}

/** How bad labelers answer: by chance, always with the same label, or always with a wrong one. */
export const BAD_HABITS = ["at random", "always 1", "always the opposite"] as const;
export type BadHabit = (typeof BAD_HABITS)[number];

/** The share of people who are bad labelers. */
const BAD_SHARE = 0.3;

/** Independent people of whom 30 % have a bad habit. @returns the crowd, and the names of the bad labelers */
export function badCrowd(seed: number, images: number, habit: BadHabit) {
  const people = 40;
  const isBad = (person: number): boolean => person < people * BAD_SHARE;
  const crowd = bigCrowd({
    seed,
    images,
    people,
    labels: 2,
    each: 5,
    answer({ truth }, person, random) {
      if (!isBad(person)) return rightWith(skillOf(person), truth, 2, random);
      if (habit === "at random") return Math.floor(random() * 2);
      return habit === "always 1" ? 1 : 1 - truth;
    },
  });
  const bad = new Set([...Array(people).keys()].filter(isBad).map((person) => `person-${person}`));
  return { ...crowd, bad };
}
