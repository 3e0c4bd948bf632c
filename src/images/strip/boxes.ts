import { DamagedError } from "./stripped.ts";

/** One box of an ISO base media file (ISO/IEC 14496-12): its length, its type and its body. */
export interface Box {
  type: string;
  body: Buffer;
}

/** AVIF files have about 20 boxes, and one more for each item. */
const MAX_BOXES = 5_000;

/** @throws DamagedError when a box is cut off, or there are too many */
export function boxesIn(bytes: Buffer): Box[] {
  return Array.from(eachBox(bytes));
}

/** The first box of this type in these bytes; later boxes are not read. @throws DamagedError when no box has it */
export function firstBox(type: string, bytes: Buffer): Box {
  return boxOf(type, eachBox(bytes));
}

function* eachBox(bytes: Buffer): Generator<Box> {
  let count = 0;
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = bytes.readUInt32BE(at);
    // 1 means that the length follows in 8 bytes, 0 that the box extends to the end.
    const header = short === 1 ? 16 : 8;
    const length =
      short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
    if (length < header || at + length > bytes.length) throw new DamagedError("a box that is cut off");
    count += 1;
    if (count > MAX_BOXES) throw new DamagedError("too many boxes");
    yield { type: bytes.toString("latin1", at + 4, at + 8), body: bytes.subarray(at + header, at + length) };
    at += length;
  }
}

/** The first of these boxes that has this type. @throws DamagedError when no box has it */
export function boxOf(type: string, boxes: Iterable<Box>): Box {
  for (const found of boxes) if (found.type === type) return found;
  throw new DamagedError(`no ${type} box`);
}

export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(parts.reduce((sum, { length }) => sum + length, 8));
  header.write(type, 4, "latin1");
  return Buffer.concat([header, ...parts]);
}

/** A box that begins with a version and flags. */
export function fullBox(type: string, version: number, ...parts: readonly Buffer[]): Buffer {
  return box(type, Buffer.from([version, 0, 0, 0]), ...parts);
}

export function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
  return bytes;
}

export function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

/** Reads values one after the other. @throws RangeError or DamagedError beyond the end */
export function reader(bytes: Buffer) {
  let at = 0;
  return {
    /** Reads an unsigned number of 0, 1, 2, 4 or 8 bytes. */
    number(length: number): number {
      const start = at;
      at += length;
      if (length === 0) return 0;
      return length === 8 ? Number(bytes.readBigUInt64BE(start)) : bytes.readUIntBE(start, length);
    },
    text(length: number): string {
      at += length;
      if (at > bytes.length) throw new DamagedError("a text that is cut off");
      return bytes.toString("latin1", at - length, at);
    },
    skip(length: number): void {
      at += length;
    },
  };
}
