import { sampleDirichlet, type RandomNumber } from "./dirichlet.ts";
import type { Fit } from "./method.ts";
import type { Label, Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { standingOf } from "./standing.ts";
import type { Vote, Votes } from "./votes.ts";

/** Simulated continuations of the labeling, each with other skills and images. */
const FUTURES = 40;
/** Images per future and kind, from which the others are extrapolated. */
const SAMPLE = 60;
/** The share of the futures on each side that lie outside of the range. */
const TAIL = 0.05;
/** Tries to find somebody who has not answered an image. After them, somebody new answers. */
const TRIES = 5;

/** From a low to a high number. */
export interface Range {
  low: number;
  high: number;
}

interface Input {
  votes: Votes;
  /** What was learned from these votes. */
  fit: Fit;
  question: Pick<Question, "labels" | "settleAt">;
  /** Indexes of the images that have answers and are not settled. */
  open: readonly number[];
  /** Number of images without answers. */
  untouched: number;
  random: RandomNumber;
}

/**
 * Estimates how many answers are needed until all images are settled, by simulation: people answer in proportion to what they have
 * answered so far, as well as their answers suggest. The range has 90 % of the simulated totals, rounded outwards to two digits.
 * What nobody knows yet, such as the skills of new people, makes it wider.
 */
export function* remainingAnswersSliced(input: Input): Sliced<Range> {
  const { open, untouched, random } = input;
  const crowd = crowdOf(input);
  yield;
  const totals: number[] = [];
  for (let index = 0; index < FUTURES; index += 1) {
    const future = { ...crowd, skills: new Map<number, Float64Array>() };
    const ofOpen = open.length * meanAnswers(() => open[Math.floor(random() * open.length)], open.length);
    yield;
    totals.push(ofOpen + untouched * meanAnswers(() => undefined, untouched));
    yield;

    function meanAnswers(pick: () => number | undefined, count: number): number {
      const size = Math.min(count, SAMPLE);
      let sum = 0;
      for (let image = 0; image < size; image += 1) sum += answersUntilSettled(pick(), input, future, random);
      return size === 0 ? 0 : sum / size;
    }
  }
  totals.sort((a, b) => a - b);
  const outside = Math.floor(FUTURES * TAIL);
  return { low: roundTo(Math.floor, totals[outside]), high: roundTo(Math.ceil, totals.at(-1 - outside)) };
}

/** Rounds to two digits. */
function roundTo(round: (value: number) => number, value = 0): number {
  const unit = 10 ** Math.max(Math.floor(Math.log10(Math.max(value, 1))) - 1, 0);
  return round(value / unit) * unit;
}

/** Who answers, and how. */
function crowdOf({ votes, fit, question }: Pick<Input, "votes" | "fit" | "question">) {
  const answered = votes.people.map(() => 0);
  let [given, unsure] = [0, 0];
  /** The person of every vote: people who have voted more, vote more. */
  const voters: number[] = [];
  for (const imageVotes of votes.byImage) {
    given += imageVotes.length;
    for (const { person } of imageVotes) {
      answered[person] = (answered[person] ?? 0) + 1;
      voters.push(person);
    }
  }
  for (const answers of votes.unsure.values()) unsure += answers.length;
  // Somebody new has the index after the last.
  const score = fit.scorer({ people: [...votes.people, ""] });
  return {
    answered,
    voters,
    unsureShare: unsure / Math.max(given + unsure, 1),
    score,
    labels: question.labels.length,
  };
}

type Future = ReturnType<typeof crowdOf> & {
  /** The rows of each person who has answered in this future. */
  skills: Map<number, Float64Array>;
};

/** @param image undefined for an image without answers */
function answersUntilSettled(
  image: number | undefined,
  { votes: known, fit, question }: Input,
  future: Future,
  random: RandomNumber,
): number {
  const { score, unsureShare } = future;
  const votes: Vote[] = image === undefined ? [] : [...(known.byImage[image] ?? [])];
  let unsure = image === undefined ? 0 : (known.unsure.get(image)?.length ?? 0);
  const truth = sampleIndex(score(votes).probabilities, random);
  for (let answers = 0; ; answers += 1) {
    if (standingOf({ votes, unsure }, score, question.settleAt).settled) return answers;
    if (random() < unsureShare) unsure += 1;
    else votes.push(nextVote(votes, truth, { fit, future, random }));
  }
}

function nextVote(
  votes: readonly Vote[],
  truth: Label,
  { fit, future, random }: { fit: Fit; future: Future; random: RandomNumber },
): Vote {
  const { voters, answered, skills, labels } = future;
  let person = answered.length;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const candidate = voters[Math.floor(random() * voters.length)] ?? person;
    if (votes.some((vote) => vote.person === candidate)) continue;
    person = candidate;
    break;
  }
  const isNew = person === answered.length;
  const rows =
    (isNew ? undefined : skills.get(person)) ?? sampleSkills(person, { fit, answered, labels }, random);
  skills.set(person, rows);
  return { person, label: sampleIndex(rows.subarray(truth * labels, (truth + 1) * labels), random) };
}

/** Samples how a person answers images of each label, at `truth * labels + answer`, given what is known about them. */
function sampleSkills(
  person: number,
  { fit: { estimate }, answered, labels }: { fit: Fit; answered: readonly number[]; labels: number },
  random: RandomNumber,
): Float64Array {
  const rows = new Float64Array(labels * labels);
  const { weights, votes, prior } = estimate;
  const priorTotal = prior.right + prior.wrong;
  for (let truth = 0; truth < labels; truth += 1) {
    const known = (answered[person] ?? 0) * (weights[truth] ?? 0) + priorTotal;
    const shapes = Array.from({ length: labels }, (_, answer) => {
      const unknown = answer === truth ? prior.right / priorTotal : prior.wrong / priorTotal / (labels - 1);
      return known * (votes[(person * labels + answer) * labels + truth] ?? unknown);
    });
    rows.set(sampleDirichlet(shapes, random), truth * labels);
  }
  return rows;
}

/** @param probabilities sum up to 1 */
function sampleIndex(probabilities: ArrayLike<number>, random: RandomNumber): number {
  let left = random();
  for (let index = 0; index < probabilities.length; index += 1) {
    left -= probabilities[index] ?? 0;
    if (left < 0) return index;
  }
  return probabilities.length - 1;
}
