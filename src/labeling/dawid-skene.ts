import type { Vote, Votes } from "./votes.ts";

/** Long work that yields every few milliseconds, so that its caller can do other things in between. */
export type Sliced<T> = Generator<void, T, void>;

/** Runs sliced work without pauses. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The estimate has converged when no image's probability changes by more than this in one iteration. */
const TOLERANCE = 1e-6;
const MAX_ITERATIONS = 500;

/** The estimated accuracy of one person; shares from 0 to 1. */
export interface Skill {
  /** The share of hot dogs that the person labels 1. */
  sensitivity: number;
  /** The share of other images that the person labels 0. */
  specificity: number;
}

/** Pseudo-counts: answers that everybody is assumed to have given to each kind of image before the first real one. */
interface Prior {
  right: number;
  wrong: number;
}

/**
 * The prior for few answers per image: everybody is assumed to be mostly right until their answers say otherwise. Without it,
 * people with few answers are trusted too much or too little.
 */
export const SMALL_SAMPLE_PRIOR: Prior = { right: 4, wrong: 1 };

const EPSILON = 1e-9;

/** Keeps skills from being exactly 0 or 1, and is neutral about people who have seen only one kind of image. */
const NO_PRIOR: Prior = { right: EPSILON, wrong: EPSILON };

/** The fitted parameters, with which the votes on any image can be scored. */
export interface SkillModel {
  /** One per person of the votes. */
  skills: readonly Skill[];
  /** The share of hot dogs, which is also the probability of an image without votes. */
  prevalence: number;
}

export interface Estimate extends SkillModel {
  /** The probability that each image of the votes is a hot dog. */
  probabilities: number[];
  iterations: number;
  /** False if MAX_ITERATIONS was reached. */
  converged: boolean;
}

/**
 * Estimates by two-coin Dawid–Skene how likely each image is a hot dog and how accurate each person is, both together by
 * expectation–maximization. It starts from each image's share of ones and stops when no probability changes by more than 1e-6,
 * or after 500 iterations. It is deterministic. Of the two mirrored solutions it finds the one in which most answers are right,
 * because it starts near that one.
 * @param prior defaults to almost none
 * @see A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied
 * Statistics 28 (1979), https://doi.org/10.2307/2346806
 * @see V. C. Raykar et al., Learning From Crowds, Journal of Machine Learning Research 11 (2010), for the two coins and priors
 */
export function dawidSkene(votes: Votes, prior: Prior = NO_PRIOR): Estimate {
  return runAtOnce(dawidSkeneSliced(votes, prior));
}

/** Like `dawidSkene`, in slices: a million answers take a second or two. */
export function* dawidSkeneSliced(votes: Votes, prior: Prior): Sliced<Estimate> {
  const packed = yield* packVotes(votes);
  const probabilities = new Float64Array(packed.ends.length);
  let counts = yield* expectation(packed, probabilities, shareOfOnes(packed));
  for (let iterations = 1; ; iterations += 1) {
    const skills = estimateSkills(counts, prior);
    const prevalence = estimatePrevalence(probabilities);
    counts = yield* expectation(packed, probabilities, packedScorer(packed, { skills, prevalence }));
    const converged = counts.maxChange <= TOLERANCE;
    if (converged || iterations === MAX_ITERATIONS)
      return { skills, prevalence, probabilities: [...probabilities], iterations, converged };
  }
}

/** Expected counts of each answer of each person, indexed as the packed votes are. */
interface ExpectedCounts {
  /** Answers to hot dogs: each vote counts by the probability that its image is one. */
  hotDogs: Float64Array;
  /** Answers to other images. */
  others: Float64Array;
  /** The largest change of an image's probability in this pass. */
  maxChange: number;
}

/** The E-step: updates the probability of every image and sums up the expected counts. */
function* expectation(
  packed: PackedVotes,
  probabilities: Float64Array,
  score: PackedScorer,
): Sliced<ExpectedCounts> {
  const counts = {
    hotDogs: new Float64Array(packed.people * 2),
    others: new Float64Array(packed.people * 2),
    maxChange: 0,
  };
  let image = 0;
  for (const end of packed.slices) {
    expectationSlice(image, end, { packed, probabilities, score, counts });
    image = end;
    yield;
  }
  return counts;
}

interface ExpectationState {
  packed: PackedVotes;
  probabilities: Float64Array;
  score: PackedScorer;
  counts: ExpectedCounts;
}

/** A plain function, because it is the hot loop: as part of the generator, or as a closure, it would be slower. */
function expectationSlice(
  firstImage: number,
  endImage: number,
  { packed, probabilities, score, counts }: ExpectationState,
): void {
  const { votes, ends } = packed;
  const { hotDogs, others } = counts;
  let at = firstImage === 0 ? 0 : (ends[firstImage - 1] ?? 0);
  for (let image = firstImage; image < endImage; image += 1) {
    const end = ends[image] ?? at;
    const probability = score(at, end);
    counts.maxChange = Math.max(counts.maxChange, Math.abs(probability - (probabilities[image] ?? 0)));
    probabilities[image] = probability;
    for (; at < end; at += 1) {
      const vote = votes[at] ?? 0;
      hotDogs[vote] = (hotDogs[vote] ?? 0) + probability;
      others[vote] = (others[vote] ?? 0) + 1 - probability;
    }
  }
}

/** All votes in typed arrays, image by image, which an iteration reads many times faster than objects. */
interface PackedVotes {
  /** `person * 2 + label` of each vote. */
  votes: Uint32Array;
  /** For each image, the index after its last vote. */
  ends: Uint32Array;
  /** For each slice, the index after its last image. */
  slices: readonly number[];
  /** Number of people. */
  people: number;
}

/** Images plus votes per slice, approximately: less than a millisecond of work. */
const SLICE = 1 << 14;

function* packVotes({ byImage, people }: Votes): Sliced<PackedVotes> {
  const ends = new Uint32Array(byImage.length);
  const votes = new Uint32Array(byImage.reduce((sum, { length }) => sum + length, 0));
  const slices: number[] = [];
  let at = 0;
  let sliceStart = 0;
  for (const [image, imageVotes] of byImage.entries()) {
    for (const { person, label } of imageVotes) {
      votes[at] = person * 2 + label;
      at += 1;
    }
    ends[image] = at;
    if (at + image - sliceStart < SLICE && image < byImage.length - 1) continue;
    sliceStart = at + image;
    slices.push(image + 1);
    yield;
  }
  return { votes, ends, slices, people: people.length };
}

/** The skill of a person without answers. */
export function priorSkill({ right, wrong }: Prior): Skill {
  return { sensitivity: right / (right + wrong), specificity: right / (right + wrong) };
}

/** Returns the probability of an image whose packed votes are in [start, end). */
type PackedScorer = (start: number, end: number) => number;

function shareOfOnes({ votes }: PackedVotes): PackedScorer {
  return (start, end) => {
    let ones = 0;
    for (let at = start; at < end; at += 1) ones += (votes[at] ?? 0) & 1;
    return start === end ? 0.5 : ones / (end - start);
  };
}

/** Adds one image of each kind (Laplace smoothing), so that the prevalence is never 0 or 1. */
function estimatePrevalence(probabilities: Float64Array): number {
  return probabilities.reduce((sum, value) => sum + value, 1) / (probabilities.length + 2);
}

function estimateSkills({ hotDogs, others }: ExpectedCounts, { right, wrong }: Prior): Skill[] {
  const share = (correct = 0, incorrect = 0): number =>
    (correct + right) / (correct + incorrect + right + wrong);
  return Array.from({ length: hotDogs.length / 2 }, (_, person) => ({
    sensitivity: share(hotDogs[person * 2 + 1], hotDogs[person * 2]),
    specificity: share(others[person * 2], others[person * 2 + 1]),
  }));
}

/** Returns a function that computes the probability of a hot dog from an image's votes; without votes it is the prevalence. */
export function voteScorer(model: SkillModel): (votes: readonly Vote[]) => number {
  const { prior, evidence } = logOddsOf(model);
  return (votes) => {
    let logOdds = prior;
    for (const { person, label } of votes) logOdds += evidence[person * 2 + label] ?? 0;
    return probabilityFrom(logOdds);
  };
}

function packedScorer({ votes }: PackedVotes, model: SkillModel): PackedScorer {
  const { prior, evidence } = logOddsOf(model);
  return (start, end) => {
    let logOdds = prior;
    for (let at = start; at < end; at += 1) logOdds += evidence[votes[at] ?? 0] ?? 0;
    return probabilityFrom(logOdds);
  };
}

/** The log-odds of an image without votes, and what each vote adds to them, indexed by `person * 2 + label`. */
function logOddsOf({ skills, prevalence }: SkillModel): { prior: number; evidence: Float64Array } {
  const evidence = new Float64Array(skills.length * 2);
  skills.forEach(({ sensitivity, specificity }, person) => {
    evidence[person * 2] = logRatio(1 - sensitivity, specificity);
    evidence[person * 2 + 1] = logRatio(sensitivity, 1 - specificity);
  });
  return { prior: logRatio(prevalence, 1 - prevalence), evidence };
}

function probabilityFrom(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The logarithm of a ratio of shares. It is bounded, because a share may be rounded to 0. */
function logRatio(numerator: number, denominator: number): number {
  return Math.log(Math.max(numerator, EPSILON)) - Math.log(Math.max(denominator, EPSILON));
}
