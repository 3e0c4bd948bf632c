import { hash } from "node:crypto";
import { headerLine } from "../../src/append-log/csv.ts";
import { PART_SIZE } from "../../src/append-log/part-sequence.ts";
import type { Content } from "../../test/aws/s3-bucket.ts";
import { makePhoto, type PhotoSize } from "./pictures.ts";

const COLUMNS = ["id", "labeled_at", "image", "label", "labeler", "round"];
const HEADER = headerLine(COLUMNS);
/** When the existing rows were written: long before the measured presses. */
const LABELED_AT = new Date("2025-06-01T12:00:00Z");
const LABELED_AT_TEXT = LABELED_AT.toISOString();
const FIRST_ID = BigInt(LABELED_AT.getTime() - 1_420_070_400_000) << 22n;

const sha256 = (text: string): string => hash("sha256", text);

/** The name of the image with this number. */
export function imageNameOf(number: number): string {
  return `${sha256(`image ${number}`)}.jpg`;
}

/** Makes images whose names are spread like hashes. They all share the bytes of one photo. */
export async function makeImageObjects(count: number, size: PhotoSize): Promise<Content[]> {
  // Drawing a photo takes longer than starting a server, so it is skipped if there are no images.
  const bytes = count === 0 ? Buffer.alloc(0) : await makePhoto(...size);
  return Array.from({ length: count }, (_, number) => [`images/${imageNameOf(number)}`, bytes]);
}

const PEOPLE = Array.from({ length: 50 }, (_, number) => sha256(`person ${number}`));

/**
 * Makes the row of a press. Rows go through all images again and again, each time with another person; one answer in seven is
 * wrong. No field needs quotes.
 */
function labelRow(number: number, images: readonly string[]): string {
  const index = number % images.length;
  const label = number % 7 === 0 ? 1 - (index % 2) : index % 2;
  const labeler = PEOPLE[(number + Math.floor(number / images.length)) % PEOPLE.length];
  const id = FIRST_ID + BigInt(number);
  return `${id},${LABELED_AT_TEXT},${images[index]},${label},${labeler},1573801018263601152\r\n`;
}

/** Number of rows in a full part. */
export const ROWS_PER_PART = Math.ceil((PART_SIZE - HEADER.length) / labelRow(0, [imageNameOf(0)]).length);

/** Makes the parts of a label file. All but the last are full. */
export function makeLabelParts(rows: number, images: number): Content[] {
  const parts = Math.ceil(rows / ROWS_PER_PART);
  const names = Array.from({ length: Math.min(images, rows) }, (_, number) => imageNameOf(number));
  return Array.from({ length: parts }, (_, part) => {
    const first = part * ROWS_PER_PART;
    const count = Math.min(ROWS_PER_PART, rows - first);
    const lines = Array.from({ length: count }, (_, index) => labelRow(first + index, names));
    const body = Buffer.concat([HEADER, Buffer.from(lines.join(""))]);
    return [`labels/${String(part).padStart(5, "0")}.csv`, body, LABELED_AT];
  });
}
