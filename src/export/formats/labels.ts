import { headerLine, rowLine } from "../../append-log/csv.ts";
import type { Trust } from "../../labeling/trust.ts";
import { detachedCopy } from "../../labeling/votes.ts";
import type { ExportCounts } from "../../labeling/export-formats.ts";
import type { Question } from "../../labeling/question.ts";
import { snowflakeTime } from "../../platform/snowflake.ts";
import { labelFields, LABEL_TABLE, type LabelBatch, type LabelRow } from "../../project/label-file.ts";
import type { PersonAnswer } from "../dataset.ts";
import { csvFile, type ExportFile } from "../export-file.ts";
import type { Format, PreparedExport } from "../format.ts";
import { questionFiles } from "../question-file.ts";

/** Every answer, including changed ones, without what could link it to a message on Discord: ids, times and row order. */
export const prepareLabels: Format = async ({ labels, question, trust }) => {
  const { byImage, people, answers, unreadable } = await groupByImage(labels);
  const withExcluded = !trust.excluded.isDisjointFrom(people);
  if (answers === 0) return undefined;
  return {
    images: [],
    files: () => [labelsFile(byImage, trust, withExcluded), ...questionFiles(question)],
    counts: () => ({ ...countRows(answers, unreadable), images: byImage.size, people: people.size }),
  };
};

/** Reads every answer into memory: about 100 bytes each. */
async function groupByImage(labels: AsyncIterable<LabelBatch>) {
  const byImage = new Map<string, PersonAnswer[]>();
  const people = new Set<string>();
  let answers = 0;
  let unreadable = 0;
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

/** @param withExcluded whether to mark the answers of excluded people */
function labelsFile(
  byImage: ReadonlyMap<string, readonly PersonAnswer[]>,
  { gold, excluded }: Trust,
  withExcluded: boolean,
): ExportFile {
  const columns = ["image", "labeler", "label", "labeled_on", "counts"] as const;
  const rows = sortedAnswers(byImage, gold).map(({ image, labeler, label, id, isCurrent }) => ({
    image,
    labeler,
    label: String(label),
    labeled_on: snowflakeTime(String(id)).toISOString().slice(0, 10),
    counts: isCurrent && !excluded.has(labeler) ? "1" : "0",
    excluded: excluded.has(labeler) ? "1" : "0",
  }));
  return csvFile("labels.csv", withExcluded ? [...columns, "excluded"] : columns, rows);
}

/** Sorts by image, then pseudonym, then time. A person's last answer to an image counts, and the first one to a gold image. */
function* sortedAnswers(byImage: ReadonlyMap<string, readonly PersonAnswer[]>, gold: Trust["gold"]) {
  for (const image of [...byImage.keys()].toSorted()) {
    const answers = (byImage.get(image) ?? []).toSorted(compareAnswers);
    const neighbor = gold.has(image) ? -1 : 1;
    for (const [index, answer] of answers.entries())
      yield { ...answer, image, isCurrent: answers[index + neighbor]?.labeler !== answer.labeler };
  }
}

function compareAnswers(a: PersonAnswer, b: PersonAnswer): number {
  if (a.labeler !== b.labeler) return a.labeler < b.labeler ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** The counts of an export that leaves out no answer. */
function countRows(answers: number, unreadable: number): ExportCounts {
  const leftOut = { removed: 0, ties: 0, unsure: 0, excluded: 0, unreadable };
  return { images: undefined, people: undefined, gold: undefined, answers, given: answers, ...leftOut };
}

/**
 * Prepares the rows as they are stored, pseudonyms, ids and times included, with one part in memory at a time. Resolves with
 * undefined if there are no rows.
 */
export async function prepareRawLabels(
  labels: AsyncGenerator<LabelBatch>,
  question: Question,
): Promise<PreparedExport | undefined> {
  let answers = 0;
  let unreadable = 0;
  async function* countedBatches(): AsyncGenerator<LabelRow[]> {
    for await (const batch of labels) {
      answers += batch.rows.length;
      unreadable += batch.unreadable;
      if (batch.rows.length > 0) yield batch.rows;
    }
  }
  const batches = countedBatches();
  const first = await batches.next();
  if (first.done === true) return undefined;
  async function* allBatches(): AsyncGenerator<LabelRow[]> {
    yield first.value;
    yield* batches;
  }
  return {
    images: [],
    files: () => [
      { name: "labels.csv", contentType: "text/csv", text: rawLines(allBatches()) },
      ...questionFiles(question),
    ],
    counts: () => countRows(answers, unreadable),
  };
}

async function* rawLines(batches: AsyncIterable<readonly LabelRow[]>): AsyncGenerator<string> {
  yield headerLine(LABEL_TABLE.columns).toString();
  for await (const rows of batches)
    yield rows.map((row) => rowLine(LABEL_TABLE.columns, labelFields(row)).toString()).join("");
}
