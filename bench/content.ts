import { createHash } from "node:crypto";
import { headerLine } from "../src/append-log/csv.ts";
import { PART_SIZE } from "../src/append-log/part-sequence.ts";
import type { Content } from "../test/aws/s3-bucket.ts";
import { photograph } from "./pictures.ts";

const COLUMNS = ["id", "labeled_at", "image", "label", "labeler", "round"];
const HEADER = headerLine(COLUMNS);
/** Long before the presses that are measured. */
const LABELED = new Date("2025-06-01T12:00:00Z");
const FIRST_ID = BigInt(LABELED.getTime() - 1_420_070_400_000) << 22n;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const imageNumber = (number: number): string => `${sha256(`image ${number}`)}.jpg`;

/** So many images under names that are spread as hashes are. They share their bytes, a photograph of 1600 × 1200. */
export async function imageObjects(count: number): Promise<Content[]> {
  // To draw it takes longer than to start a server.
  const bytes = count === 0 ? Buffer.alloc(0) : await photograph(1_600, 1_200);
  return Array.from({ length: count }, (_, number) => [`images/${imageNumber(number)}`, bytes]);
}

const PEOPLE = Array.from({ length: 50 }, (_, number) => sha256(`person ${number}`));

/**
 * A row as a press makes it: all of these images in turn, over and over, each time by another person; one answer in seven is
 * wrong. None of its fields needs quotes.
 */
function labelRow(number: number, images: readonly string[]): string {
  const place = number % images.length;
  const label = number % 7 === 0 ? 1 - (place % 2) : place % 2;
  const labeler = PEOPLE[(number + Math.floor(number / images.length)) % PEOPLE.length];
  const id = FIRST_ID + BigInt(number);
  return `${id},${LABELED.toISOString()},${images[place]},${label},${labeler},1573801018263601152\r\n`;
}

/** How many rows a part takes until it is full. */
export const ROWS_OF_A_PART = Math.ceil((PART_SIZE - HEADER.length) / labelRow(0, [imageNumber(0)]).length);

/** Parts with so many rows on so many images, all full but the last. */
export function labelParts(rows: number, images: number): Content[] {
  const parts = Math.ceil(rows / ROWS_OF_A_PART);
  const names = Array.from({ length: images }, (_, number) => imageNumber(number));
  return Array.from({ length: parts }, (_, part) => {
    const first = part * ROWS_OF_A_PART;
    const many = Math.min(ROWS_OF_A_PART, rows - first);
    const lines = Array.from({ length: many }, (_, index) => labelRow(first + index, names));
    const body = Buffer.concat([HEADER, Buffer.from(lines.join(""))]);
    return [`labels/${String(part).padStart(5, "0")}.csv`, body, LABELED];
  });
}
