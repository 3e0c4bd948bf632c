import pLimit from "p-limit";
import sharp from "sharp";
import type { Log } from "../platform/log.ts";

/** Pixels on the longer edge. */
const MAX_SHOWN_EDGE = 1_024;
const QUALITY = 82;
/** From 0 to 6. Twice as fast as sharp's default of 4, with about 5 % more bytes and no visible difference. */
const EFFORT = 1;
/** Decoding takes memory and a core. */
const SCALING_CONCURRENCY = 2;
const MAX_STORED_PIXELS = 50_000_000;

/**
 * Makes a WebP picture of an image for display. `read` is called when its turn comes. Resolves to undefined when the image
 * does not exist or cannot be decoded.
 */
export type PictureMaker = (
  name: string,
  read: () => Promise<Buffer | undefined>,
) => Promise<Buffer | undefined>;

export function pictureMaker(log: Log): PictureMaker {
  const limit = pLimit(SCALING_CONCURRENCY);
  return (name, read) =>
    limit(async () => {
      const stored = await read();
      if (stored === undefined) return undefined;
      try {
        return await scale(stored);
      } catch (error) {
        log.warn({ err: error, image: name }, "the image cannot be shown, because it cannot be decoded");
        return undefined;
      }
    });
}

function scale(stored: Buffer): Promise<Buffer> {
  return sharp(stored, { limitInputPixels: MAX_STORED_PIXELS })
    .rotate()
    .resize({ width: MAX_SHOWN_EDGE, height: MAX_SHOWN_EDGE, fit: "inside", withoutEnlargement: true })
    .webp({ quality: QUALITY, effort: EFFORT })
    .toBuffer();
}
