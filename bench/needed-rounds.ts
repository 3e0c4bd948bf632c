import { dawidSkene, priorSkill, SMALL_SAMPLE_PRIOR, type Estimate } from "../src/labeling/dawid-skene.ts";
import type { Label } from "../src/labeling/votes.ts";
import { prioritize } from "../src/labeling/priority.ts";
import { imageStatuses } from "../src/labeling/priority.ts";
import { collectVotes, type Votes } from "../src/labeling/votes.ts";
import type { Random } from "../src/platform/seeded.ts";
import type { Crowd } from "../test/labeling/crowd.ts";
import { figureOf, type Figure } from "./report.ts";
import { likelier, shareRight, shuffled } from "./rightness.ts";

const IN_ROUND = 4;
/** Rounds that are asked at the same moment: nobody has answered any of them yet. */
const AT_A_TIME = 4;
const EACH = 5;
/** Drawings of five answers to each image: which people they come from matters. */
const DRAWINGS = 5;
/** Presses for each image after which the simulation ends; also what stands for never. */
const MOST = 7;
/**
 * After so many presses for each image, people are weighed anew, and the accuracy is looked at; of so many looks the mean is
 * taken, for it goes up and down.
 */
const EVERY = 0.2;
const AVERAGED = 3;

/** For these votes, weighed a while ago: the names in the order in which the worker takes them for this person. */
type Order = (
  votes: Votes,
  weighed: Estimate,
) => (names: readonly string[], asker: string) => readonly string[];

const byChance: Order = () => (names) => names;

const byNeed: Order = (votes, { skills, prevalence }) => {
  const skillOf = (_: string, person: number) => skills[person] ?? priorSkill(SMALL_SAMPLE_PRIOR);
  const standing = imageStatuses(votes, { skills: votes.people.map(skillOf), prevalence });
  return (names, asker) => prioritize(names, standing(asker));
};

/**
 * People ask for rounds, four of them at any moment, and press all four images of their own, until Dawid–Skene is right as
 * often as with five answers of different people to each image: when rounds are random, and when the worker chooses what is
 * needed. The crowds are taken together, as the last per cent takes many images to be seen.
 * @param crowds of which people have said of many images what they would press
 */
export function neededRounds(
  where: string,
  crowds: readonly { crowd: Crowd; random: Random }[],
  goal: { atLeast?: number } = {},
): Figure[] {
  const five = mean(crowds.map(({ crowd, random }) => mean(fiveEachTime(crowd, random))));
  const chance = meanCourse(crowds.map(({ crowd, random }) => courseOf(byChance, crowd, random)));
  const need = meanCourse(crowds.map(({ crowd, random }) => courseOf(byNeed, crowd, random)));
  const nearly = pressesUntil(five * 0.99, need);
  return [
    figureOf(`presses an image, random rounds, ${where}`, [pressesUntil(five * 0.99, chance)], ""),
    figureOf(`presses an image, needed-first rounds, ${where}`, [nearly], ""),
    figureOf(`fewer presses than five, needed-first, ${where}`, [fewer(nearly)], "%", goal),
    figureOf(`the same, until all as right, ${where}`, [fewer(pressesUntil(five, need))], "%"),
  ];
}

const fewer = (presses: number): number => (1 - presses / EACH) * 100;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function meanCourse(courses: readonly (readonly number[])[]): number[] {
  const [first = []] = courses;
  return first.map((_, at) => mean(courses.map((course) => course[at] ?? 0)));
}

/** The share of images that are right, each time that so many more presses were made. */
function courseOf(order: Order, crowd: Crowd, random: Random): number[] {
  const { images, people } = crowd.votes;
  const labelBy = labelsOf(crowd.votes);
  const collector = collectVotes();
  const course: number[] = [];
  let weighed = dawidSkene(collector.votes(), SMALL_SAMPLE_PRIOR);
  for (let presses = 0; course.length * EVERY < MOST;) {
    const votes = collector.votes();
    if (presses >= course.length * EVERY * images.length) {
      weighed = dawidSkene(votes, SMALL_SAMPLE_PRIOR);
      course.push(rightBy(weighed, votes, crowd));
    }
    const orderFor = order(votes, weighed);
    const asked = Array.from({ length: AT_A_TIME }, () => {
      const labeler = people[Math.floor(random() * people.length)] ?? "";
      return { labeler, shown: orderFor(shuffled(images, random), labeler).slice(0, IN_ROUND) };
    });
    for (const { labeler, shown } of asked) {
      for (const image of shown) {
        const label = labelBy.get(`${labeler} ${image}`);
        if (label === undefined) continue;
        presses += 1;
        collector.add({ id: String(presses), image, labeler, label });
      }
    }
  }
  return course;
}

function labelsOf({ images, people, byImage }: Votes): Map<string, Label> {
  const labels = byImage.flatMap((votes, image) =>
    votes.map(({ person, label }) => [`${people[person]} ${images[image]}`, label] as const),
  );
  return new Map(labels);
}

function fiveEachTime(crowd: Crowd, random: Random): number[] {
  return Array.from({ length: DRAWINGS }, () => {
    const votes = fiveEach(crowd.votes, random);
    return rightBy(dawidSkene(votes, SMALL_SAMPLE_PRIOR), votes, crowd);
  });
}

function fiveEach({ byImage, ...named }: Votes, random: Random): Votes {
  return { ...named, byImage: byImage.map((votes) => shuffled(votes, random).slice(0, EACH)) };
}

/** Of all images of the crowd; one that nobody has answered is right every other time. */
function rightBy({ probabilities }: Estimate, votes: Votes, { votes: { images }, truth }: Crowd): number {
  const found = new Map(votes.images.map((image, place) => [image, likelier(probabilities[place] ?? 0)]));
  return shareRight(
    images.map((image) => found.get(image) ?? "tie"),
    truth,
  );
}

/** In between two looks, as if it rose evenly. */
function pressesUntil(right: number, course: readonly number[]): number {
  const half = AVERAGED >> 1;
  const smooth = course.map((_, at) => mean(course.slice(Math.max(at - half, 0), at + half + 1)));
  const reached = smooth.findIndex((share) => share >= right);
  const [before = 0, after = 1] = smooth.slice(reached - 1, reached + 1);
  return reached <= 0 ? MOST : (reached - (after - right) / (after - before)) * EVERY;
}
