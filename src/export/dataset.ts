import type { ChosenModel, ModelChoice, OnProgress } from "../labeling/choose-model.ts";
import { computeConsensusSliced, type Consensus, type ImageConsensus } from "../labeling/consensus.ts";
import { dawidSkeneSliced, type Estimate } from "../labeling/dawid-skene.ts";
import type { ExportCounts } from "../labeling/export-formats.ts";
import type { Labeler } from "../labeling/labelers.ts";
import { fitOfSliced } from "../labeling/method.ts";
import { packVotesSliced } from "../labeling/packed-votes.ts";
import type { Answer, Label, Question } from "../labeling/question.ts";
import { indexesSliced, type Sliced } from "../labeling/sliced.ts";
import { countedVotesSliced, type Trust } from "../labeling/trust.ts";
import { collectVotes, type LastAnswers } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { LabelBatch } from "../project/label-file.ts";
import { chooseModel } from "./choose-model.ts";

interface Source {
  labels: AsyncIterable<LabelBatch>;
  question: Question;
  trust: Trust;
}

/**
 * The whole label file, reduced to each person's answer to each image, which is all that stays in memory: the last one, or to gold
 * images the first one.
 */
export interface Dataset {
  consensus: Consensus;
  /** The answers to the image that count, one for each person, sorted by pseudonym. */
  answersTo: (image: string) => PersonAnswer[];
  /** Number of all answers, including changed ones. */
  answers: number;
  /** How many of these answers are those of excluded people. */
  excluded: number;
  /** Number of rows that cannot be parsed. */
  unreadable: number;
}

/** A dataset whose labels come from the model that explains the answers best. */
export interface ModeledDataset extends Dataset {
  model: ModelChoice;
}

/** One person's answer to an image. */
export interface PersonAnswer {
  /** Pseudonym. */
  labeler: string;
  label: Answer;
  /** Interaction id of the press. */
  id: bigint;
}

/** Reads a dataset and chooses the model of its labels. @param onProgress of the choice, which takes longest */
export async function readDataset({
  onProgress = () => {},
  ...source
}: Source & { onProgress?: OnProgress | undefined }): Promise<ModeledDataset> {
  const read = await readAnswers(source);
  const { chosen, other, ...model } = await chooseModel(read.packed, onProgress);
  const live = await runInSlices(dawidSkeneSliced(read.packed));
  return { ...(await datasetOf(read, { ...model, live }, source)), model: { chosen, other } };
}

/** Reads a dataset for a format without labels, with the quick estimate that people see while they label. */
export async function readAnswersOnly(source: Source): Promise<Dataset> {
  const read = await readAnswers(source);
  const live = await runInSlices(dawidSkeneSliced(read.packed));
  return datasetOf(read, { ...live, live }, source);
}

async function readAnswers({ labels, question, trust }: Source) {
  const collector = collectVotes();
  let answers = 0;
  let excluded = 0;
  let unreadable = 0;
  for await (const batch of labels) {
    for (const row of batch.rows) {
      collector.add(row);
      if (trust.excluded.has(row.labeler)) excluded += 1;
    }
    answers += batch.rows.length;
    unreadable += batch.unreadable;
  }
  const all = await runInSlices(collector.votesSliced());
  const votes = await runInSlices(countedVotesSliced(all, trust));
  const packed = await runInSlices(packVotesSliced(votes, question.labels.length));
  return { all, votes, packed, answers, excluded, unreadable };
}

async function datasetOf(
  { all, votes, answers, excluded, unreadable }: Awaited<ReturnType<typeof readAnswers>>,
  { live, ...model }: Pick<ChosenModel, "probabilities" | "prior"> & { live: Estimate },
  { question, trust }: Source,
): Promise<Dataset> {
  const fit = await runInSlices(fitOfSliced(votes.people, live));
  const score = fit.scorer(votes);
  const source = { answers: all, votes, trust, question };
  const consensus = await runInSlices(computeConsensusSliced(source, { ...model, score }));
  const answersTo = await runInSlices(answerIndexSliced(votes));
  return { consensus, answersTo, answers, excluded, unreadable };
}

function* answerIndexSliced({ images, people, byImage, unsure }: LastAnswers): Sliced<Dataset["answersTo"]> {
  const indexes = yield* indexesSliced(images);
  return (image) => {
    const index = indexes.get(image) ?? -1;
    return [...(byImage[index] ?? []), ...(unsure.get(index) ?? [])]
      .map(({ person, label, id }) => ({ labeler: people[person] ?? "", label, id }))
      .toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1));
  };
}

/** An image for which one label is likelier, by any margin. */
export type DecidedImage = ImageConsensus & { label: Label };

export function isDecided(image: ImageConsensus): image is DecidedImage {
  return image.label !== "tie";
}

/** Finds the decided images that are still in the set, and counts removed images and ties. */
export function findDecided({ consensus }: Dataset, set: Pick<ReadonlySet<string>, "has">) {
  const inSet = consensus.images.filter(({ image }) => set.has(image));
  const decided = inSet.filter(isDecided);
  return { decided, removed: consensus.images.length - inSet.length, ties: inSet.length - decided.length };
}

/** The probability from 0 to 1 that the image's label is right. */
export function confidence({ label, probabilities }: DecidedImage): number {
  return probabilities[label] ?? 0;
}

/** The probability that exports give with an image: of the likeliest label, or always that of a hot dog. */
export function exportedProbability({ probabilities }: ImageConsensus, { builtIn }: Question): number {
  return builtIn === "hotdog" ? (probabilities[1] ?? 0) : Math.max(...probabilities);
}

/** Whether an export has a place for the answers of people who are not sure. */
export function hasUnsure({ people }: Consensus, { offersUnsure }: Question): boolean {
  return offersUnsure || people.some(({ unsure }) => unsure > 0);
}

/** The marks that an export needs only if there is something to mark. */
export interface Marks {
  /** Whether there are gold images. */
  gold: boolean;
  /** Whether somebody is excluded. */
  excluded: boolean;
}

/** Finds out what an export has to mark, so that others stay as they were. */
export function marksIn({ images, people }: Consensus): Marks {
  return {
    gold: images.some(({ gold }) => gold) || people.some(({ gold }) => gold.voted > 0),
    excluded: people.some(({ excluded }) => excluded),
  };
}

/** The people whose answers count. */
export function countedPeople({ people }: Consensus): Labeler[] {
  return people.filter(({ excluded }) => !excluded);
}

/** Counts an export of this dataset. @param exported the labeled images whose answers it contains */
export function countExport(
  { consensus, answers: given, excluded, unreadable }: Dataset,
  exported: readonly ImageConsensus[],
  { images = exported.length, removed = 0, ties = 0 }: Partial<ExportCounts> = {},
): ExportCounts {
  const answers = exported.reduce((sum, { voters, unsure }) => sum + voters + unsure, 0);
  const people = countedPeople(consensus).length;
  const gold = exported.filter((image) => image.gold).length;
  return { images, removed, ties, people, answers, given, gold, excluded, unreadable, unsure: 0 };
}

/** Counts an export of this dataset in a format without a place for people who are not sure. */
export function countVotesOnly(
  dataset: Dataset,
  exported: readonly ImageConsensus[],
  leftOut: Partial<ExportCounts> = {},
): ExportCounts {
  const counts = countExport(dataset, exported, leftOut);
  const unsure = exported.reduce((sum, image) => sum + image.unsure, 0);
  const people = countedPeople(dataset.consensus).filter((person) => person.images > person.unsure).length;
  return { ...counts, answers: counts.answers - unsure, people, unsure };
}
