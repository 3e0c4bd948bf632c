import { fitSliced, type Fit } from "../../src/labeling/method.ts";
import { imageStatusesSliced, prioritize } from "../../src/labeling/priority.ts";
import { HOTDOG_QUESTION, type Label } from "../../src/labeling/question.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { collectVotes, type Votes } from "../../src/labeling/votes.ts";
import type { Random } from "../../src/platform/seeded.ts";
import type { Crowd } from "../../test/labeling/crowd.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, likeliestLabels, shuffle } from "./accuracy.ts";

const IMAGES_PER_ROUND = 4;
/** Number of rounds requested at the same moment, before anyone has answered them. */
const SIMULTANEOUS_ROUNDS = 4;
const ANSWERS_PER_IMAGE = 5;
/** Samples of five answers per image: the accuracy depends on whose answers they are. */
const SAMPLES = 5;
/** Presses per image after which the simulation ends; it also stands for "never". */
const MAX_PRESSES_PER_IMAGE = 7;
/** Presses per image after which people are weighed again and the accuracy is measured. */
const MEASURING_INTERVAL = 0.2;
/** The width of the moving average over the accuracies, which fluctuate. */
const AVERAGE_WIDTH = 3;

/** Makes the order in which the worker shows images to an asker, from these votes and a slightly older fit. */
type Order = (votes: Votes, fit: Fit) => (images: readonly string[], asker: string) => readonly string[];

const randomOrder: Order = () => (images) => images;

const priorityOrder: Order = (votes, fit) => {
  const statusesFor = runAtOnce(
    imageStatusesSliced(votes, { score: fit.scorer(votes), settleAt: HOTDOG_QUESTION.settleAt }),
  );
  return (images, asker) => prioritize(images, statusesFor(asker));
};

interface SimulatedCrowd {
  /** Each person has a label for many images. */
  crowd: Crowd;
  random: Random;
}

/**
 * Simulates people who request rounds, four at any moment, and press on all four images, until Dawid–Skene is as accurate as with
 * five answers per image. Compares random rounds with rounds by labeling priority. The crowds are averaged, because the last percent
 * of accuracy takes many images to measure.
 */
export function priorityRounds(
  crowd: string,
  crowds: readonly SimulatedCrowd[],
  goal: { atLeast?: number } = {},
): Figure[] {
  const target = mean(crowds.map((one) => mean(sampleAccuracies(one))));
  const randomCurve = meanCurve(crowds.map((one) => simulate(randomOrder, one)));
  const priorityCurve = meanCurve(crowds.map((one) => simulate(priorityOrder, one)));
  const presses = pressesUntil(target * 0.99, priorityCurve);
  return [
    medianFigure(
      `presses per image, random rounds, ${crowd}`,
      [pressesUntil(target * 0.99, randomCurve)],
      "",
    ),
    medianFigure(`presses per image, priority rounds, ${crowd}`, [presses], ""),
    medianFigure(
      `presses saved by priority, 99 % of the accuracy, ${crowd}`,
      [percentSaved(presses)],
      "%",
      goal,
    ),
    medianFigure(
      `presses saved by priority, same accuracy, ${crowd}`,
      [percentSaved(pressesUntil(target, priorityCurve))],
      "%",
    ),
  ];
}

const percentSaved = (pressesPerImage: number): number => (1 - pressesPerImage / ANSWERS_PER_IMAGE) * 100;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const [first = []] = curves;
  return first.map((_, index) => mean(curves.map((curve) => curve[index] ?? 0)));
}

/** Simulates rounds and returns the accuracy after each measuring interval. */
function simulate(order: Order, { crowd, random }: SimulatedCrowd): number[] {
  const { images, people } = crowd.votes;
  const labelOf = labelLookup(crowd.votes);
  const collector = collectVotes();
  const curve: number[] = [];
  let fit = fitOf(collector.votes());
  for (let presses = 0; curve.length * MEASURING_INTERVAL < MAX_PRESSES_PER_IMAGE;) {
    const votes = collector.votes();
    if (presses >= curve.length * MEASURING_INTERVAL * images.length) {
      fit = fitOf(votes);
      curve.push(fitAccuracy(fit, votes, crowd));
    }
    const orderFor = order(votes, fit);
    const rounds = Array.from({ length: SIMULTANEOUS_ROUNDS }, () => {
      const labeler = people[Math.floor(random() * people.length)] ?? "";
      return { labeler, shown: orderFor(shuffle(images, random), labeler).slice(0, IMAGES_PER_ROUND) };
    });
    for (const { labeler, shown } of rounds) {
      for (const image of shown) {
        const label = labelOf.get(`${labeler} ${image}`);
        if (label === undefined) continue;
        presses += 1;
        collector.add({ id: String(presses), image, labeler, label });
      }
    }
  }
  return curve;
}

function fitOf(votes: Votes): Fit {
  return runAtOnce(fitSliced(votes, HOTDOG_QUESTION));
}

/** The labels by "person image". */
function labelLookup({ images, people, byImage }: Votes): Map<string, Label> {
  const labels = byImage.flatMap((votes, image) =>
    votes.map(({ person, label }) => [`${people[person]} ${images[image]}`, label] as const),
  );
  return new Map(labels);
}

/** The accuracies with five random answers per image. */
function sampleAccuracies({ crowd, random }: SimulatedCrowd): number[] {
  return Array.from({ length: SAMPLES }, () => {
    const votes = sampleAnswers(crowd.votes, random);
    return fitAccuracy(fitOf(votes), votes, crowd);
  });
}

function sampleAnswers({ byImage, ...names }: Votes, random: Random): Votes {
  return { ...names, byImage: byImage.map((votes) => shuffle(votes, random).slice(0, ANSWERS_PER_IMAGE)) };
}

/** The accuracy over all images of the crowd. An unanswered image counts as half right. */
function fitAccuracy(fit: Fit, votes: Votes, { votes: { images }, truth }: Crowd): number {
  const likeliest = likeliestLabels(fit.estimate.probabilities, HOTDOG_QUESTION.labels.length);
  const labels = new Map(votes.images.map((image, index) => [image, likeliest[index] ?? "tie"]));
  return accuracy(
    images.map((image) => labels.get(image) ?? "tie"),
    truth,
  );
}

/** The presses per image at which the smoothed curve reaches the accuracy, linearly interpolated. */
function pressesUntil(target: number, curve: readonly number[]): number {
  const half = AVERAGE_WIDTH >> 1;
  const smooth = curve.map((_, index) => mean(curve.slice(Math.max(index - half, 0), index + half + 1)));
  const reached = smooth.findIndex((share) => share >= target);
  const [before = 0, after = 1] = smooth.slice(reached - 1, reached + 1);
  return reached <= 0
    ? MAX_PRESSES_PER_IMAGE
    : (reached - (after - target) / (after - before)) * MEASURING_INTERVAL;
}
