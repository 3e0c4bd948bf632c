import { createHash } from "node:crypto";
import { headerLine } from "../src/store/csv.ts";
import { PART_SIZE } from "../src/store/part-sequence.ts";
import type { Content } from "../test/aws/s3-bucket.ts";
import { mixedPictures } from "./pictures.ts";

const COLUMNS = ["id", "labeled_at", "image", "label", "labeler", "round"];
const HEADER = headerLine(COLUMNS);
/** Long before the presses that are measured. */
const LABELED = new Date("2025-06-01T12:00:00Z");
const FIRST_ID = BigInt(LABELED.getTime() - 1_420_070_400_000) << 22n;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const imageNumber = (number: number): string => `${sha256(`image ${number}`)}.jpg`;

/** So many images under names that are spread as hashes are. They share their bytes, a photograph of 1600 × 1200. */
export async function imageObjects(count: number): Promise<Content[]> {
  const photograph = (await mixedPictures())[2] ?? Buffer.alloc(0);
  return Array.from({ length: count }, (_, number) => [`images/${imageNumber(number)}`, photograph]);
}

/** A row as a press makes it: all images in turn, over and over, each time by another person; one answer in seven is wrong. */
function labelRow(number: number, images: number): Buffer {
  const image = number % images;
  const label = number % 7 === 0 ? 1 - (image % 2) : image % 2;
  const labeler = sha256(`person ${(number + Math.floor(number / images)) % 50}`);
  const id = String(FIRST_ID + BigInt(number));
  // None of these fields needs quotes: by a CSV writer a million rows take a minute.
  const row = [id, LABELED.toISOString(), imageNumber(image), label, labeler, "1573801018263601152"];
  return Buffer.from(`${row.join(",")}\r\n`);
}

/** How many rows a part takes until it is full. */
export const ROWS_OF_A_PART = Math.ceil((PART_SIZE - HEADER.length) / labelRow(0, 1).length);

/** Parts with so many rows on so many images, all full but the last. */
export function labelParts(rows: number, images: number): Content[] {
  const parts = Math.ceil(rows / ROWS_OF_A_PART);
  return Array.from({ length: parts }, (_, part) => {
    const first = part * ROWS_OF_A_PART;
    const numbers = Array.from(
      { length: Math.min(ROWS_OF_A_PART, rows - first) },
      (_, index) => first + index,
    );
    const body = Buffer.concat([HEADER, ...numbers.map((number) => labelRow(number, images))]);
    return [`labels/${String(part).padStart(5, "0")}.csv`, body, LABELED];
  });
}
