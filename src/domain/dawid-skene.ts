import type { Vote, Votes } from "./votes.ts";

/** It has converged when no image's probability moves by more than this in an iteration. */
const TOLERANCE = 1e-6;
const MOST_ITERATIONS = 500;

/** How a person answers, as estimated: shares from 0 to 1. */
export interface Skill {
  /** Of the images that are hot dogs, the share to which this person says 1. */
  sensitivity: number;
  /** Of those that are not, the share to which they say 0. */
  specificity: number;
}

/** Answers that everybody is thought to have given before the first, to each kind of image. */
export interface Prior {
  right: number;
  wrong: number;
}

/**
 * For a few answers an image: everybody is taken to be mostly right until they have shown otherwise. Without it, people with
 * few answers are believed too much or too little.
 */
export const THIN_DATA: Prior = { right: 4, wrong: 1 };

const NEXT_TO_NOTHING = 1e-9;

/** So that nobody counts as infallible, and whoever has seen no hot dog as neither good nor bad at them. */
const NO_PRIOR: Prior = { right: NEXT_TO_NOTHING, wrong: NEXT_TO_NOTHING };

/** What has been found out about people and the set, by which votes of any image can be weighed. */
export interface Weights {
  /** Of each person of the votes. */
  skills: readonly Skill[];
  /** Share of hot dogs, which is also how likely one an image is that nobody has answered. */
  prevalence: number;
}

export interface Estimate extends Weights {
  /** Of each image of the votes: the probability that it is a hot dog. */
  probabilities: number[];
  iterations: number;
  /** false when the iterations were used up. */
  converged: boolean;
}

/**
 * Two-coin Dawid–Skene: how likely each image is a hot dog, weighing everybody's answers by how they answer hot dogs and other
 * things, both estimated together by expectation–maximisation. It begins with the share of ones of each image, ends when no
 * probability moves by more than 1e-6 or after 500 iterations, and is deterministic. Of the two
 * mirrored solutions it ends in the one in which most answers are right, for there it begins.
 * @param prior none unless told
 * @see A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied
 * Statistics 28 (1979), https://doi.org/10.2307/2346806
 * @see V. C. Raykar et al., Learning From Crowds, Journal of Machine Learning Research 11 (2010), for the two coins and priors
 */
export function dawidSkene(votes: Votes, prior: Prior = NO_PRIOR): Estimate {
  let estimate = firstGuess(votes);
  for (estimate of dawidSkeneSteps(votes, prior));
  return estimate;
}

/** The same, one iteration at a time: with a million answers an iteration takes tens of milliseconds, and all of them seconds. */
export function* dawidSkeneSteps(votes: Votes, prior: Prior): Generator<Estimate, void> {
  const { of, people } = votes;
  let { probabilities } = firstGuess(votes);
  let converged = false;
  for (let iterations = 1; !converged && iterations <= MOST_ITERATIONS; iterations += 1) {
    const skills = skillsBy(probabilities, { of, count: people.length, prior });
    const prevalence = prevalenceIn(probabilities);
    const next = of.map(judge({ skills, prevalence }));
    converged = next.every((value, image) => Math.abs(value - (probabilities[image] ?? 0)) <= TOLERANCE);
    probabilities = next;
    yield { probabilities, skills, prevalence, iterations, converged };
  }
}

function firstGuess({ of }: Votes): Estimate {
  const probabilities = of.map(shareOfOnes);
  return { probabilities, skills: [], prevalence: 0.5, iterations: 0, converged: false };
}

/** Somebody of whom no answer has been weighed yet. */
export function newcomer({ right, wrong }: Prior): Skill {
  return { sensitivity: right / (right + wrong), specificity: right / (right + wrong) };
}

function shareOfOnes(votes: readonly Vote[]): number {
  const ones = votes.filter(({ label }) => label === 1).length;
  return votes.length === 0 ? 0.5 : ones / votes.length;
}

/** One more of each kind, so that it is never 0 or 1. */
function prevalenceIn(probabilities: readonly number[]): number {
  return probabilities.reduce((sum, value) => sum + value, 1) / (probabilities.length + 2);
}

interface Answered {
  of: Votes["of"];
  /** Of people. */
  count: number;
  prior: Prior;
}

function skillsBy(probabilities: readonly number[], { of, count, prior }: Answered): Skill[] {
  const { right, wrong } = prior;
  const start = (): number[] => Array<number>(count).fill(right);
  const all = (): number[] => Array<number>(count).fill(right + wrong);
  const said = { ones: start(), zeros: start(), hotDogs: all(), others: all() };
  of.forEach((votes, image) => {
    const hotDog = probabilities[image] ?? 0;
    for (const { person, label } of votes) {
      add(said.hotDogs, person, hotDog);
      add(said.others, person, 1 - hotDog);
      if (label === 1) add(said.ones, person, hotDog);
      else add(said.zeros, person, 1 - hotDog);
    }
  });
  return said.ones.map((ones, person) => ({
    sensitivity: ones / (said.hotDogs[person] ?? 1),
    specificity: (said.zeros[person] ?? 0) / (said.others[person] ?? 1),
  }));
}

function add(sums: number[], at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}

/** How likely a hot dog its votes make an image; without any, as likely as any other. */
export function judge({ skills, prevalence }: Weights): (votes: readonly Vote[]) => number {
  const evidence = skills.map(({ sensitivity, specificity }) => ({
    1: logRatio(sensitivity, 1 - specificity),
    0: logRatio(1 - sensitivity, specificity),
  }));
  const before = logRatio(prevalence, 1 - prevalence);
  return (votes) => {
    const logOdds = votes.reduce((sum, { person, label }) => sum + (evidence[person]?.[label] ?? 0), before);
    return 1 / (1 + Math.exp(-logOdds));
  };
}

/** Bounded, for a share of next to nothing may come out as 0. */
function logRatio(share: number, of: number): number {
  return Math.log(Math.max(share, NEXT_TO_NOTHING)) - Math.log(Math.max(of, NEXT_TO_NOTHING));
}
