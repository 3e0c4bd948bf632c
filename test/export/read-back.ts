import { text } from "node:stream/consumers";
import Papa from "papaparse";
import type { z } from "zod";
import type { ExportCounts } from "../../src/labeling/export-formats.ts";
import type { ExportFormat } from "../../src/labeling/export-formats.ts";
import { bytesOf } from "../../src/export/formats/export-file.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { prepareExport } from "../../src/export/prepare-export.ts";
import { imageSet } from "../../src/project/image-set.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { readLabels } from "../../src/project/label-file.ts";

/** The name of an image, by one hexadecimal digit. */
export const imageCalled = (digit: string): string => `${digit.repeat(64)}.webp`;

export const HEADER = "id,labeled_at,image,label,labeler,round";

/** "image labeler label", the image by one digit → a row, given so many seconds after the beginning of 2026. */
function answer(words: string, second: number): string {
  const [image = "", labeler, label] = words.split(" ");
  const time = new Date(Date.UTC(2026, 0, 1) + second * 1_000);
  const id = (BigInt(time.getTime()) - 1_420_070_400_000n) << 22n;
  return `${id},${time.toISOString()},${imageCalled(image)},${label},${labeler},7`;
}

/** A part of the label file: one row for each, given one after the other from this second on. */
export function part(answers: readonly string[], from = 0): Buffer {
  return Buffer.from(
    [HEADER, ...answers.map((words, index) => answer(words, from + index)), ""].join("\r\n"),
  );
}

/** A key under which the pseudonyms of ann, bob and cyd are in the order of their names. */
const KEY = "key 3";

/** Puts the names of the test's people back in place of their pseudonyms in an export. */
function named(exported: string): string {
  const people = ["ann", "bob", "cyd"];
  return people.reduce((text, name) => text.replaceAll(pseudonym(KEY, name), name), exported);
}

export interface Exported {
  files: Record<string, string>;
  images: string[];
  counts: ExportCounts;
}

/** What an export of this store holds, with people's names for their pseudonyms; undefined when there is nothing to export. */
export async function exported(
  store: ObjectStore,
  format: ExportFormat,
  { imagesAt, gone = [] }: { imagesAt?: string; gone?: string[] } = {},
): Promise<Exported | undefined> {
  const images = imageSet(store);
  const prepared = await prepareExport({
    format,
    labels: (await readLabels(store)).batches,
    peopleKey: KEY,
    images,
    imagesAt,
  });
  if (prepared === undefined) return undefined;
  const files: Record<string, string> = {};
  for (const file of prepared.files(new Set(gone))) files[file.name] = named(await text(bytesOf(file)));
  return { files, images: prepared.images.map(({ name }) => name), counts: prepared.counts() };
}

/** The rows of a CSV of RFC 4180, by the names of its columns. @throws on the least mistake */
export function readCsv<Row extends z.ZodType>(csv: string, row: Row): z.infer<Row>[] {
  if (!csv.endsWith("\r\n")) throw new Error("the last line does not end");
  const { data, errors } = Papa.parse(csv.slice(0, -2), { header: true, delimiter: ",", newline: "\r\n" });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return row.array().parse(data);
}

/** The objects of a text that has one JSON a line. */
export function readLines<Line extends z.ZodType>(lines: string, line: Line): z.infer<Line>[] {
  if (!lines.endsWith("\n")) throw new Error("the last line does not end");
  return line.array().parse(
    lines
      .slice(0, -1)
      .split("\n")
      .map((one) => JSON.parse(one) as unknown),
  );
}
