import { text } from "node:stream/consumers";
import Papa from "papaparse";
import type { z } from "zod";
import type { ExportCounts } from "../../src/labeling/export-formats.ts";
import type { ExportFormat } from "../../src/labeling/export-formats.ts";
import { HOTDOG_QUESTION, type Question } from "../../src/labeling/question.ts";
import { bytesOf } from "../../src/export/export-file.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { prepareExport } from "../../src/export/prepare-export.ts";
import { imageSet } from "../../src/project/image-set.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { readLabels } from "../../src/project/label-file.ts";
import { NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";

/** The image name that consists of one repeated hexadecimal digit. */
export function imageCalled(digit: string): string {
  return `${digit.repeat(64)}.webp`;
}

export const HEADER = "id,labeled_at,image,label,labeler,round";

/** Makes a row of the label file. @param words "image labeler label" @param second seconds since the start of 2026 */
function row(words: string, second: number): string {
  const [image = "", labeler, label] = words.split(" ");
  const time = new Date(Date.UTC(2026, 0, 1) + second * 1_000);
  const id = (BigInt(time.getTime()) - 1_420_070_400_000n) << 22n;
  return `${id},${time.toISOString()},${imageCalled(image)},${label},${labeler},7`;
}

/** Makes a part of the label file, with one answer per second. @param from seconds since the start of 2026 */
export function part(answers: readonly string[], from = 0): Buffer {
  return Buffer.from([HEADER, ...answers.map((words, index) => row(words, from + index)), ""].join("\r\n"));
}

/** A key with which the pseudonyms of ann, bob and cyd sort like their names. */
const KEY = "key 3";

/** Replaces the pseudonyms in an export with the names of the test's people. */
function restoreNames(exported: string): string {
  const people = ["ann", "bob", "cyd"];
  return people.reduce((text, name) => text.replaceAll(pseudonym(KEY, name), name), exported);
}

export interface Exported {
  files: Record<string, string>;
  images: string[];
  counts: ExportCounts;
  /** How the labels were chosen. */
  method: string | undefined;
}

/** Exports the store and reads the export back, with names in place of pseudonyms. Undefined if there is nothing to export. */
export async function readBack(
  store: ObjectStore,
  format: ExportFormat,
  {
    imagesAt,
    missing = [],
    question = HOTDOG_QUESTION,
    trust = NOTHING_KNOWN,
  }: { imagesAt?: string; missing?: string[]; question?: Question; trust?: Trust } = {},
): Promise<Exported | undefined> {
  const images = imageSet(store);
  const prepared = await prepareExport({
    format,
    question,
    trust,
    labels: (await readLabels(store, question)).batches,
    peopleKey: KEY,
    images,
    imagesAt,
  });
  if (prepared === undefined) return undefined;
  const files: Record<string, string> = {};
  for (const file of prepared.files(new Set(missing)))
    files[file.name] = restoreNames(await text(bytesOf(file)));
  return {
    files,
    images: prepared.images.map(({ name }) => name),
    counts: prepared.counts(),
    method: prepared.method,
  };
}

/** Parses RFC 4180 CSV into rows. @throws if it is not exactly in that format */
export function readCsv<Row extends z.ZodType>(csv: string, row: Row): z.infer<Row>[] {
  if (!csv.endsWith("\r\n")) throw new Error("the last line has no line break");
  const { data, errors } = Papa.parse(csv.slice(0, -2), { header: true, delimiter: ",", newline: "\r\n" });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return row.array().parse(data);
}

/** Parses JSON Lines. */
export function readJsonLines<Line extends z.ZodType>(lines: string, line: Line): z.infer<Line>[] {
  if (!lines.endsWith("\n")) throw new Error("the last line has no line break");
  return line.array().parse(
    lines
      .slice(0, -1)
      .split("\n")
      .map((one) => JSON.parse(one) as unknown),
  );
}
