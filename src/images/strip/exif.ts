import { readDirectory } from "./tiff-directory.ts";

/** https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.4 A: 1 is upright, 2 to 8 are turned, mirrored or both. */
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

export const ORIENTATION_TAG = 0x0112;
const HEADER = "Exif\0\0";

/** Reads the orientation from EXIF data: from the first directory alone, so that no pointer is followed. */
export function exifOrientation(exif: Buffer): Orientation {
  const tiff = startsWithExifHeader(exif) ? exif.subarray(HEADER.length) : exif;
  try {
    const { entries } = readDirectory(tiff);
    return orientationOf(entries.find(({ tag }) => tag === ORIENTATION_TAG)?.number);
  } catch {
    // A picture without readable EXIF is still a picture.
    return 1;
  }
}

export function startsWithExifHeader(data: Buffer): boolean {
  return data.toString("latin1", 0, HEADER.length) === HEADER;
}

export function orientationOf(value: number | undefined): Orientation {
  return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
}
