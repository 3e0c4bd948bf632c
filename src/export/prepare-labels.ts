import type { LabelBatch, LabelRow } from "../project/label-file.ts";
import { readAllAnswers } from "./all-answers.ts";
import { labelsFile, rawLabelsFile } from "./formats/labels.ts";
import type { PreparedExport } from "./prepared-export.ts";

/** Prepares every answer, without what leads to people. Resolves with undefined when nobody has answered. */
export async function prepareLabels(labels: AsyncIterable<LabelBatch>): Promise<PreparedExport | undefined> {
  const all = await readAllAnswers(labels);
  if (all.answers === 0) return undefined;
  const { answers, images, people, unreadable } = all;
  return {
    images: [],
    files: () => [labelsFile(all.inOrder())],
    counts: () => ({ images, people, answers, given: answers, removed: 0, ties: 0, unreadable }),
  };
}

/** Prepares the rows as they are stored, one part in memory at a time. Resolves with undefined when there are no rows. */
export async function prepareRawLabels(
  labels: AsyncGenerator<LabelBatch>,
): Promise<PreparedExport | undefined> {
  let answers = 0;
  let unreadable = 0;
  async function* counted(): AsyncGenerator<LabelRow[]> {
    for await (const batch of labels) {
      answers += batch.rows.length;
      unreadable += batch.unreadable;
      if (batch.rows.length > 0) yield batch.rows;
    }
  }
  const batches = counted();
  const first = await batches.next();
  if (first.done === true) return undefined;
  async function* all(): AsyncGenerator<LabelRow[]> {
    yield first.value;
    yield* batches;
  }
  return {
    images: [],
    files: () => [rawLabelsFile(all())],
    counts: () => ({
      images: undefined,
      people: undefined,
      answers,
      given: answers,
      removed: 0,
      ties: 0,
      unreadable,
    }),
  };
}
