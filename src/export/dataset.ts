import { computeConsensus, type Consensus, type ImageConsensus } from "../labeling/consensus.ts";
import { dawidSkeneSliced, SMALL_SAMPLE_PRIOR } from "../labeling/dawid-skene.ts";
import type { ExportCounts } from "../labeling/export-formats.ts";
import { collectVotes, type Label, type LastAnswers } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { LabelBatch } from "../project/label-file.ts";

/** The whole label file, reduced to each person's last answer to each image, which is all that stays in memory. */
export interface Dataset {
  consensus: Consensus;
  /** Each person's last answer to the image, sorted by pseudonym. */
  answersTo: (image: string) => PersonAnswer[];
  /** Number of all answers, including changed ones. */
  answers: number;
  /** Number of rows that cannot be parsed. */
  unreadable: number;
}

/** One person's last answer to an image. */
export interface PersonAnswer {
  /** Pseudonym. */
  labeler: string;
  label: Label;
  /** Interaction id of the press. */
  id: bigint;
}

export async function readDataset(labels: AsyncIterable<LabelBatch>): Promise<Dataset> {
  const collector = collectVotes();
  let answers = 0;
  let unreadable = 0;
  for await (const batch of labels) {
    for (const row of batch.rows) collector.add(row);
    answers += batch.rows.length;
    unreadable += batch.unreadable;
  }
  const votes = collector.votes();
  const estimate = await runInSlices(dawidSkeneSliced(votes, SMALL_SAMPLE_PRIOR));
  return { consensus: computeConsensus(votes, estimate), answersTo: answerIndex(votes), answers, unreadable };
}

function answerIndex({ images, people, byImage }: LastAnswers): Dataset["answersTo"] {
  const indexes = new Map(images.map((image, index) => [image, index]));
  return (image) =>
    (byImage[indexes.get(image) ?? -1] ?? [])
      .map(({ person, label, id }) => ({ labeler: people[person] ?? "", label, id }))
      .toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1));
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

/** The probability from 0.5 to 1 that the image's label is right. */
export function confidence({ label, probability }: DecidedImage): number {
  return label === 1 ? probability : 1 - probability;
}

/** Counts an export of this dataset. @param exported the labeled images whose votes it contains */
export function countExport(
  { consensus, answers: given, unreadable }: Dataset,
  exported: readonly ImageConsensus[],
  { images = exported.length, removed = 0, ties = 0 }: Partial<ExportCounts> = {},
): ExportCounts {
  const answers = exported.reduce((sum, { votes }) => sum + votes[0] + votes[1], 0);
  return { images, removed, ties, people: consensus.people.length, answers, given, unreadable };
}
