import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import Papa from "papaparse";
import { z } from "zod";
import { bytesOf } from "../../src/export/export-file.ts";
import { prepareExport } from "../../src/export/prepare-export.ts";
import { DEFAULT_SETTLE_AT } from "../../src/labeling/settle-thresholds.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";
import type { Question } from "../../src/labeling/question.ts";
import { collectVotes } from "../../src/labeling/votes.ts";
import type { LabelRow } from "../../src/project/label-file.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, majorityLabels } from "./accuracy.ts";
import type { LabeledVotes } from "./crowds.ts";

/** A labeled data set, as the rows of a project. */
export interface PublicSet extends LabeledVotes {
  name: string;
  rows: LabelRow[];
}

/** What is expected of known sets, in points above the majority or in percent. Any set may be a little below its majority. */
const GOALS: Record<string, { aboveMajority?: number; accuracy?: number }> = {
  ZenCrowd_us: { aboveMajority: 3 },
  bluebirds: { accuracy: 86 },
  CF: { accuracy: 88 },
};
const MAX_LOSS = -0.5;

/** Exports each set as `consensus`, and compares the labels in the file with the true ones. */
export async function publicSetFigures(sets: readonly PublicSet[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const set of sets) {
    const { name, votes, truth, labels } = set;
    const exported = await exportedLabels(set);
    const percent =
      accuracy(
        votes.images.map((image) => exported.get(image) ?? "tie"),
        truth,
      ) * 100;
    const majority = accuracy(majorityLabels(votes, labels), truth) * 100;
    const { aboveMajority = MAX_LOSS, accuracy: least } = GOALS[name] ?? {};
    figures.push(
      medianFigure(`accuracy of the majority, ${name}`, [majority], "%"),
      medianFigure(
        `accuracy of the export, ${name}`,
        [percent],
        "%",
        least === undefined ? {} : { atLeast: least },
      ),
      medianFigure(`export above majority, ${name}`, [percent - majority], "points", {
        atLeast: aboveMajority,
      }),
    );
  }
  return figures;
}

const exportedRow = z.object({
  image: z.string(),
  label: z.union([z.literal("tie"), z.coerce.number<string>()]),
});

/** The labels in consensus.csv, by image. */
async function exportedLabels({ rows, labels }: PublicSet): Promise<Map<string, number | "tie">> {
  const question: Question = {
    text: "?",
    labels: Array.from({ length: labels }, (_, label) => `label ${label}`),
    offersUnsure: false,
    settleAt: DEFAULT_SETTLE_AT,
  };
  const prepared = await prepareExport({
    format: "consensus",
    peopleKey: "bench",
    trust: NOTHING_KNOWN,
    question,
    // Each read of the label file makes separate rows.
    labels: (async function* batches() {
      yield { rows: rows.map((row) => ({ ...row })), unreadable: 0 };
    })(),
    images: { sizes: async () => new Map() },
    imagesAt: undefined,
  });
  const file = prepared?.files(new Set()).find(({ name }) => name === "consensus.csv");
  if (file === undefined) throw new Error("the export has no consensus.csv");
  const { data } = Papa.parse(await text(bytesOf(file)), { header: true, skipEmptyLines: true });
  return new Map(
    exportedRow
      .array()
      .parse(data)
      .map(({ image, label }) => [image, label]),
  );
}

const answerRow = z.object({ task: z.string(), worker: z.string(), label: z.coerce.number().int() });
const truthRow = z.object({ task: z.string(), truth: z.coerce.number().int() });

/**
 * Reads the data set in a folder, or those in its folders: `*.labels.csv` (task,worker,label; labels from 0; the last answer of a
 * worker to a task counts) and `*.truth.csv` (task,truth).
 */
export async function readPublicSets(folder: string): Promise<PublicSet[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name.endsWith(".labels.csv"))) return [await readSet(folder)];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  if (folders.length === 0) throw new Error(`there is no *.labels.csv in ${folder} or its folders`);
  return Promise.all(folders.toSorted().map(readSet));
}

function imageOf(task: string): string {
  return `${createHash("sha256").update(task).digest("hex")}.webp`;
}

async function readSet(folder: string): Promise<PublicSet> {
  const answers = answerRow.array().parse(await readRows(folder, ".labels.csv"));
  const truths = truthRow.array().parse(await readRows(folder, ".truth.csv"));
  const rows = answers.map(({ task, worker, label }, index): LabelRow => ({
    id: String(index + 1),
    image: imageOf(task),
    labeler: worker,
    label,
    round: "1",
  }));
  const collector = collectVotes();
  for (const row of rows) collector.add(row);
  const votes = collector.votes();
  const truthOf = new Map(truths.map(({ task, truth }) => [imageOf(task), truth]));
  return {
    name: basename(folder),
    rows,
    votes,
    truth: votes.images.map((image) => truthOf.get(image)),
    labels: Math.max(1, ...answers.map(({ label }) => label), ...truths.map(({ truth }) => truth)) + 1,
  };
}

async function readRows(folder: string, ending: string): Promise<unknown[]> {
  const name = (await readdir(folder)).find((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`there is no *${ending} in ${folder}`);
  return Papa.parse(await readFile(join(folder, name), "utf8"), { header: true, skipEmptyLines: true }).data;
}
