import { DamagedError } from "./damaged-error.ts";

/** As in libtiff. */
const MAX_ENTRIES = 4_096;

/** Bytes of one value, by its type. https://www.awaresystems.be/imaging/tiff/bigtiff.html */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const SHORT = 3;
const LONG = 4;

export interface Entry {
  tag: number;
  /** Bytes of all its values. */
  size: number;
  /** The value of an entry that is a single short or long number. */
  number: number | undefined;
  /** The entry itself. */
  bytes: Buffer;
}

export interface Directory {
  entries: Entry[];
  /** Offsets of the number of entries, of the first entry, and of the byte after the last. */
  start: number;
  first: number;
  end: number;
  /** Bytes of an offset. */
  width: 4 | 8;
  little: boolean;
}

/**
 * Reads the first directory of a TIFF or BigTIFF file, or of EXIF data, which is the same.
 * @throws Error when there is none, or its entries are too many
 */
export function readDirectory(file: Buffer): Directory {
  const little = file[0] === 0x49;
  const read = (at: number, bytes: 2 | 4 | 8): number => {
    if (bytes === 8) return Number(little ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at));
    return little ? file.readUIntLE(at, bytes) : file.readUIntBE(at, bytes);
  };
  const big = read(2, 2) === 43;
  const width = big ? 8 : 4;
  const start = read(big ? 8 : 4, width);
  const count = read(start, big ? 8 : 2);
  if (count > MAX_ENTRIES) throw new DamagedError("a directory with too many entries");
  const first = start + (big ? 8 : 2);
  const entryBytes = big ? 20 : 12;
  const end = first + count * entryBytes;
  if (end > file.length) throw new DamagedError("a directory that is cut off");
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const at = first + index * entryBytes;
    const type = read(at + 2, 2);
    const values = read(at + 4, width);
    const isNumber = values === 1 && (type === SHORT || type === LONG);
    return {
      tag: read(at, 2),
      size: values * (TYPE_BYTES[type] ?? 0),
      number: isNumber ? read(at + 4 + width, type === SHORT ? 2 : 4) : undefined,
      bytes: file.subarray(at, at + entryBytes),
    };
  });
  return { entries, start, first, end, width, little };
}
