import type { ExportCounts } from "../labeling/export-formats.ts";
import type { ImageConsensus } from "../labeling/consensus.ts";
import { dawidSkeneSliced, SMALL_SAMPLE_PRIOR } from "../labeling/dawid-skene.ts";
import { collectVotes } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { LabelBatch } from "../project/label-file.ts";
import { datasetOf, type Dataset } from "./formats/dataset.ts";

/** The label file as a whole. Memory grows with people and images, not with the answers. */
export interface Answers {
  dataset: Dataset;
  /** All that were given, changed ones included. */
  answers: number;
  /** Rows that are none. */
  unreadable: number;
}

export async function readAnswers(labels: AsyncIterable<LabelBatch>): Promise<Answers> {
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
  return { dataset: datasetOf(votes, estimate), answers, unreadable };
}

/** What an export of these answers holds. @param shown the labelled images whose votes are in it */
export function countsOf(
  { dataset, answers: given, unreadable }: Answers,
  shown: readonly ImageConsensus[],
  counted: Pick<ExportCounts, "images" | "removed" | "ties">,
): ExportCounts {
  const answers = shown.reduce((sum, { votes }) => sum + votes[0] + votes[1], 0);
  return { ...counted, people: dataset.consensus.people.length, answers, given, unreadable };
}
