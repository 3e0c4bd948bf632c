import { allAtOnce, type Sliced } from "./sliced.ts";
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
  return allAtOnce(dawidSkeneSteps(votes, prior));
}

/** The same in steps: with a million answers it takes a second or two. */
export function* dawidSkeneSteps(votes: Votes, prior: Prior): Sliced<Estimate> {
  const cast = yield* castIn(votes);
  const probabilities = new Float64Array(cast.ends.length);
  let said = yield* pass(cast, probabilities, shareOfOnes(cast));
  for (let iterations = 1; ; iterations += 1) {
    const skills = skillsBy(said, prior);
    const prevalence = prevalenceIn(probabilities);
    said = yield* pass(cast, probabilities, judgeCast(cast, { skills, prevalence }));
    const converged = said.moved <= TOLERANCE;
    if (converged || iterations === MOST_ITERATIONS)
      return { skills, prevalence, probabilities: [...probabilities], iterations, converged };
  }
}

/** What people said to hot dogs and to other things, each image counting as both by its probability. */
interface Said {
  /** Of each person: to how many they said 0, and to how many 1. */
  hotDogs: Float64Array;
  others: Float64Array;
  /** The most by which the probability of an image was another before. */
  moved: number;
}

/** Judges every image anew, and adds up what people said to it. */
function* pass(cast: Cast, probabilities: Float64Array, judgeIt: JudgeCast): Sliced<Said> {
  const said = {
    hotDogs: new Float64Array(cast.people * 2),
    others: new Float64Array(cast.people * 2),
    moved: 0,
  };
  let image = 0;
  for (const end of cast.pieces) {
    passOver(image, end, { cast, probabilities, judgeIt, said });
    image = end;
    yield;
  }
  return said;
}

interface Passing {
  cast: Cast;
  probabilities: Float64Array;
  judgeIt: JudgeCast;
  said: Said;
}

/** Apart from the steps, as it is run for each vote in each iteration. */
function passOver(first: number, end: number, { cast, probabilities, judgeIt, said }: Passing): void {
  const { votes, ends } = cast;
  const { hotDogs, others } = said;
  let at = first === 0 ? 0 : (ends[first - 1] ?? 0);
  for (let image = first; image < end; image += 1) {
    const to = ends[image] ?? at;
    const hotDog = judgeIt(at, to);
    said.moved = Math.max(said.moved, Math.abs(hotDog - (probabilities[image] ?? 0)));
    probabilities[image] = hotDog;
    for (; at < to; at += 1) {
      const vote = votes[at] ?? 0;
      hotDogs[vote] = (hotDogs[vote] ?? 0) + hotDog;
      others[vote] = (others[vote] ?? 0) + 1 - hotDog;
    }
  }
}

/**
 * All votes in rows of numbers, which an iteration goes through many times as fast as through objects: those on the first
 * image, those on the second, and so on.
 */
interface Cast {
  /** Of each vote: twice its person's place, and one more where it is a 1. */
  votes: Uint32Array;
  /** Of each image: the place after its last vote. */
  ends: Uint32Array;
  /** Of each step: the place after its last image. */
  pieces: readonly number[];
  people: number;
}

/** Images and votes to a step, or so: less than a millisecond's work. */
const PIECE = 1 << 14;

function* castIn({ of, people }: Votes): Sliced<Cast> {
  const ends = new Uint32Array(of.length);
  const votes = new Uint32Array(of.reduce((sum, { length }) => sum + length, 0));
  const pieces: number[] = [];
  let at = 0;
  let stopped = 0;
  for (const [image, given] of of.entries()) {
    for (const { person, label } of given) {
      votes[at] = person * 2 + label;
      at += 1;
    }
    ends[image] = at;
    if (at + image - stopped < PIECE && image < of.length - 1) continue;
    stopped = at + image;
    pieces.push(image + 1);
    yield;
  }
  return { votes, ends, pieces, people: people.length };
}

/** Somebody of whom no answer has been weighed yet. */
export function newcomer({ right, wrong }: Prior): Skill {
  return { sensitivity: right / (right + wrong), specificity: right / (right + wrong) };
}

/** The probability of an image, from its votes: those from one place to before another. */
type JudgeCast = (from: number, to: number) => number;

function shareOfOnes({ votes }: Cast): JudgeCast {
  return (from, to) => {
    let ones = 0;
    for (let at = from; at < to; at += 1) ones += (votes[at] ?? 0) & 1;
    return from === to ? 0.5 : ones / (to - from);
  };
}

/** One more of each kind, so that it is never 0 or 1. */
function prevalenceIn(probabilities: Float64Array): number {
  return probabilities.reduce((sum, value) => sum + value, 1) / (probabilities.length + 2);
}

function skillsBy({ hotDogs, others }: Said, { right, wrong }: Prior): Skill[] {
  const shareOf = (said = 0, otherwise = 0): number => (said + right) / (said + otherwise + right + wrong);
  return Array.from({ length: hotDogs.length / 2 }, (_, person) => ({
    sensitivity: shareOf(hotDogs[person * 2 + 1], hotDogs[person * 2]),
    specificity: shareOf(others[person * 2], others[person * 2 + 1]),
  }));
}

/** How likely a hot dog its votes make an image; without any, as likely as any other. */
export function judge(weights: Weights): (votes: readonly Vote[]) => number {
  const { before, evidence } = evidenceIn(weights);
  return (votes) => {
    let logOdds = before;
    for (const { person, label } of votes) logOdds += evidence[person * 2 + label] ?? 0;
    return probabilityAt(logOdds);
  };
}

function judgeCast({ votes }: Cast, weights: Weights): JudgeCast {
  const { before, evidence } = evidenceIn(weights);
  return (from, to) => {
    let logOdds = before;
    for (let at = from; at < to; at += 1) logOdds += evidence[votes[at] ?? 0] ?? 0;
    return probabilityAt(logOdds);
  };
}

/** Logarithms of odds: without any vote, and what each vote adds, by twice its person's place, and one more for a 1. */
function evidenceIn({ skills, prevalence }: Weights): { before: number; evidence: Float64Array } {
  const evidence = new Float64Array(skills.length * 2);
  skills.forEach(({ sensitivity, specificity }, person) => {
    evidence[person * 2] = logRatio(1 - sensitivity, specificity);
    evidence[person * 2 + 1] = logRatio(sensitivity, 1 - specificity);
  });
  return { before: logRatio(prevalence, 1 - prevalence), evidence };
}

function probabilityAt(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Bounded, for a share of next to nothing may come out as 0. */
function logRatio(share: number, of: number): number {
  return Math.log(Math.max(share, NEXT_TO_NOTHING)) - Math.log(Math.max(of, NEXT_TO_NOTHING));
}
