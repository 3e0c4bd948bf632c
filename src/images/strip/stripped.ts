/** 1 is upright; 2 to 8 are turned, mirrored or both. @see https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.4 A */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What is left of a file once its metadata is removed. */
export interface Stripped {
  /** A file of the same format that holds only the first picture and its color profile. */
  picture: Buffer;
  /** How the picture has to be turned to stand upright. */
  orientation: Orientation;
  /** Rows of pixels in a tile, for a TIFF that has tiles. */
  tileHeight?: number | undefined;
}

/** Bytes. The largest profiles, of printers, have about 2 MB; those of cameras and screens have less than 10 kB. */
export const MAX_COLOR_PROFILE_BYTES = 2 * 1024 * 1024;

/** The file is not built as its format requires. */
export class DamagedError extends Error {
  override name = "DamagedError";
}
