import pLimit from "p-limit";
import sharp from "sharp";

/** Pixels, on the longer edge. */
const LONGEST_EDGE = 1024;
const QUALITY = 82;
/** Decoding takes memory and a core. */
const AT_A_TIME = 2;
const MOST_PIXELS = 50_000_000;

/** Makes a picture for display, in WebP; undefined for bytes that are no picture. */
export type PictureMaker = (stored: Buffer) => Promise<Buffer | undefined>;

export function pictureMaker(): PictureMaker {
  const limit = pLimit(AT_A_TIME);
  return (stored) =>
    limit(async () => {
      try {
        return await sharp(stored, { limitInputPixels: MOST_PIXELS })
          .rotate()
          .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: "inside", withoutEnlargement: true })
          .webp({ quality: QUALITY })
          .toBuffer();
      } catch {
        return undefined;
      }
    });
}
