import { headerLine, rowLine } from "../../append-log/csv.ts";
import { detachedCopy, type Label } from "../../labeling/votes.ts";
import { snowflakeTime } from "../../platform/snowflake.ts";
import { labelFields, LABEL_TABLE, type LabelBatch, type LabelRow } from "../../project/label-file.ts";
import { csvFile, type ExportFile } from "../export-file.ts";
import type { Format, PreparedExport } from "../format.ts";

/** Every answer, including changed ones, without what leads from Discord's messages to people: ids, times and row order. */
export const prepareLabels: Format = async ({ labels }) => {
  const { byImage, people, answers, unreadable } = await groupByImage(labels);
  if (answers === 0) return undefined;
  return {
    images: [],
    files: () => [labelsFile(byImage)],
    counts: () => ({
      images: byImage.size,
      people: people.size,
      answers,
      given: answers,
      removed: 0,
      ties: 0,
      unreadable,
    }),
  };
};

interface Answer {
  /** Pseudonym. */
  labeler: string;
  label: Label;
  /** Interaction id of the press. */
  id: bigint;
}

/** Reads every answer into memory: about 100 bytes each. */
async function groupByImage(labels: AsyncIterable<LabelBatch>) {
  const byImage = new Map<string, Answer[]>();
  const people = new Set<string>();
  let [answers, unreadable] = [0, 0];
  for await (const batch of labels) {
    for (const { image, labeler, label, id } of batch.rows) {
      const imageAnswers = byImage.get(image) ?? [];
      if (imageAnswers.length === 0) byImage.set(detachedCopy(image), imageAnswers);
      imageAnswers.push({ labeler, label, id: BigInt(id) });
      people.add(labeler);
    }
    answers += batch.rows.length;
    unreadable += batch.unreadable;
  }
  return { byImage, people, answers, unreadable };
}

function labelsFile(byImage: ReadonlyMap<string, readonly Answer[]>): ExportFile {
  const columns = ["image", "labeler", "label", "labeled_on", "counts"] as const;
  const rows = sortedAnswers(byImage).map(({ image, labeler, label, id, isLast }) => ({
    image,
    labeler,
    label: String(label),
    labeled_on: dayOf(id),
    counts: isLast ? "1" : "0",
  }));
  return csvFile("labels.csv", columns, rows);
}

interface SortedAnswer extends Answer {
  image: string;
  /** Whether it is the person's last answer to the image, which is the one that counts. */
  isLast: boolean;
}

/** Sorts by image, then pseudonym, then the order in which the person gave the answers. */
function* sortedAnswers(byImage: ReadonlyMap<string, readonly Answer[]>): Generator<SortedAnswer, void> {
  for (const image of [...byImage.keys()].toSorted()) {
    const answers = (byImage.get(image) ?? []).toSorted(compareAnswers);
    for (const [index, answer] of answers.entries())
      yield { ...answer, image, isLast: answers[index + 1]?.labeler !== answer.labeler };
  }
}

function compareAnswers(a: Answer, b: Answer): number {
  if (a.labeler !== b.labeler) return a.labeler < b.labeler ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** The day in UTC, as YYYY-MM-DD. */
function dayOf(id: bigint): string {
  return snowflakeTime(String(id)).toISOString().slice(0, 10);
}

/**
 * Prepares the rows as they are stored, pseudonyms, ids and times included, with one part in memory at a time. Resolves with
 * undefined if there are no rows.
 */
export async function prepareRawLabels(
  labels: AsyncGenerator<LabelBatch>,
): Promise<PreparedExport | undefined> {
  let answers = 0;
  let unreadable = 0;
  async function* countRows(): AsyncGenerator<LabelRow[]> {
    for await (const batch of labels) {
      answers += batch.rows.length;
      unreadable += batch.unreadable;
      if (batch.rows.length > 0) yield batch.rows;
    }
  }
  const batches = countRows();
  const first = await batches.next();
  if (first.done === true) return undefined;
  async function* allBatches(): AsyncGenerator<LabelRow[]> {
    yield first.value;
    yield* batches;
  }
  return {
    images: [],
    files: () => [{ name: "labels.csv", contentType: "text/csv", text: rawLines(allBatches()) }],
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

async function* rawLines(batches: AsyncIterable<readonly LabelRow[]>): AsyncGenerator<string> {
  yield headerLine(LABEL_TABLE.columns).toString();
  for await (const rows of batches)
    yield rows.map((row) => rowLine(LABEL_TABLE.columns, labelFields(row)).toString()).join("");
}
