import { MAX_COLOR_PROFILE_BYTES } from "./color-profile.ts";
import { ORIENTATION_TAG, orientationOf } from "./exif.ts";
import type { Stripped } from "./stripped.ts";
import { readDirectory, type Directory, type Entry } from "./tiff-directory.ts";

/** https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml */
const COMPRESSION = 259;
const TILE_HEIGHT = 323;
/** Offsets and lengths of strips and tiles: as many as the picture has. */
const LISTS = new Set([273, 279, 324, 325]);
const COLOR_PROFILE = 34_675;
/** What decoding takes besides: size, samples, compression, colors, JPEG tables. */
const PICTURE = new Set([
  256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 293, 301, 317, 318, 319, 320, 322, 323, 332, 338, 339,
  340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 37_439,
]);

/** JPEG, in the old way and the new, JPEG in Adobe's lossy DNG, WebP, JPEG XL. */
const LOSSY = new Set([6, 7, 34_892, 50_001, 50_002]);

/** Whether the pictures of this TIFF are compressed with losses. @throws Error when it has no readable directory */
export function isLossyTiff(file: Buffer): boolean {
  return LOSSY.has(numberOf(COMPRESSION, readDirectory(file).entries) ?? 1);
}

/** Keeps the first directory alone, and of that the entries that decoding needs. Offsets in the file stay what they are. */
export function strippedTiff(file: Buffer): Stripped {
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
    tileHeight: numberOf(TILE_HEIGHT, directory.entries),
  };
}

function numberOf(tag: number, entries: readonly Entry[]): number | undefined {
  return entries.find((entry) => entry.tag === tag)?.number;
}

function isNeeded({ tag, size }: Entry, fileLength: number): boolean {
  if (LISTS.has(tag)) return size <= fileLength;
  return (PICTURE.has(tag) || tag === COLOR_PROFILE) && size > 0 && size <= MAX_COLOR_PROFILE_BYTES;
}

function withEntries(file: Buffer, { start, first, end, width, little }: Directory, kept: Entry[]): Buffer {
  const picture = Buffer.from(file).fill(0, first, end);
  const count = Buffer.alloc(first - start);
  if (little) count.writeUInt16LE(kept.length);
  else count.writeUInt16BE(kept.length, count.length - 2);
  count.copy(picture, start);
  let at = first;
  for (const { bytes } of kept) at += bytes.copy(picture, at);
  // After the entries comes the offset of the next directory: none.
  return picture.fill(0, at, Math.min(at + width, picture.length));
}
