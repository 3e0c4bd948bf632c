import { DamagedError, MAX_COLOR_PROFILE_BYTES, type Orientation, type Stripped } from "./stripped.ts";

/** https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml */
const COMPRESSION_TAG = 259;
const ORIENTATION_TAG = 274;
const TILE_HEIGHT_TAG = 323;
/** Offsets and lengths of strips and tiles, which grow with the picture. */
const LIST_TAGS = new Set([273, 279, 324, 325]);
const COLOR_PROFILE_TAG = 34_675;
/** The other tags that decoding needs: size, samples, compression, colors, JPEG tables. */
const PICTURE_TAGS = new Set([
  256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 293, 301, 317, 318, 319, 320, 322, 323, 332, 338, 339,
  340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 37_439,
]);

/** Old-style and new-style JPEG, JPEG in Adobe's lossy DNG, WebP, JPEG XL. */
const LOSSY_COMPRESSIONS = new Set([6, 7, 34_892, 50_001, 50_002]);

/** Whether the pictures of this TIFF have lossy compression. @throws Error when it has no readable directory */
export function isLossyTiff(file: Buffer): boolean {
  return LOSSY_COMPRESSIONS.has(numberOf(COMPRESSION_TAG, readDirectory(file).entries) ?? 1);
}

/** Keeps only the first directory, and only the entries that decoding needs. Offsets in the file stay the same. */
export function stripTiff(file: Buffer): Stripped {
  const directory = readDirectory(file);
  const seen = new Set<number>();
  const kept = directory.entries.filter((entry) => {
    const isFirst = !seen.has(entry.tag);
    seen.add(entry.tag);
    return isFirst && isNeeded(entry, file.length);
  });
  return {
    picture: withEntries(file, directory, kept),
    orientation: orientationOf(numberOf(ORIENTATION_TAG, directory.entries)),
    tileHeight: numberOf(TILE_HEIGHT_TAG, directory.entries),
  };
}

function numberOf(tag: number, entries: readonly Entry[]): number | undefined {
  return entries.find((entry) => entry.tag === tag)?.number;
}

function isNeeded({ tag, size }: Entry, fileLength: number): boolean {
  if (LIST_TAGS.has(tag)) return size <= fileLength;
  return (PICTURE_TAGS.has(tag) || tag === COLOR_PROFILE_TAG) && size > 0 && size <= MAX_COLOR_PROFILE_BYTES;
}

function withEntries(file: Buffer, { start, first, end, width, little }: Directory, kept: Entry[]): Buffer {
  const picture = Buffer.from(file).fill(0, first, end);
  const count = Buffer.alloc(first - start);
  if (little) count.writeUInt16LE(kept.length);
  else count.writeUInt16BE(kept.length, count.length - 2);
  count.copy(picture, start);
  let at = first;
  for (const { bytes } of kept) at += bytes.copy(picture, at);
  // The offset of the next directory follows the entries: 0 means none.
  return picture.fill(0, at, Math.min(at + width, picture.length));
}

/** The limit of libtiff. */
const MAX_ENTRIES = 4_096;

/** Bytes of one value, by type. https://www.awaresystems.be/imaging/tiff/bigtiff.html */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const SHORT = 3;
const LONG = 4;

interface Entry {
  tag: number;
  /** Bytes of all values together. */
  size: number;
  /** The value, if the entry has a single short or long number. */
  number: number | undefined;
  bytes: Buffer;
}

interface Directory {
  entries: Entry[];
  /** Offset of the number of entries. */
  start: number;
  /** Offset of the first entry. */
  first: number;
  /** Offset of the byte after the last entry. */
  end: number;
  /** Bytes per offset. */
  width: 4 | 8;
  /** Whether numbers are little-endian. */
  little: boolean;
}

/**
 * Reads the first directory of a TIFF or BigTIFF file, or of EXIF data, which has the same format.
 * @throws Error when the file has no readable directory, or the directory has too many entries
 */
function readDirectory(file: Buffer): Directory {
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

const EXIF_HEADER = "Exif\0\0";

/** Reads the orientation from the first directory of EXIF data, without following pointers. */
export function exifOrientation(exif: Buffer): Orientation {
  const tiff = startsWithExifHeader(exif) ? exif.subarray(EXIF_HEADER.length) : exif;
  try {
    return orientationOf(numberOf(ORIENTATION_TAG, readDirectory(tiff).entries));
  } catch {
    // A picture without readable EXIF is still a picture.
    return 1;
  }
}

export function startsWithExifHeader(data: Buffer): boolean {
  return data.toString("latin1", 0, EXIF_HEADER.length) === EXIF_HEADER;
}

function orientationOf(value: number | undefined): Orientation {
  return ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((orientation) => orientation === value) ?? 1;
}
