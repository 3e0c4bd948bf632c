import pLimit from "p-limit";
import sharp, { type ResizeOptions, type Sharp } from "sharp";
import { asyncCache } from "../platform/async-cache.ts";
import { byteCache } from "../platform/byte-cache.ts";
import type { Log } from "../platform/log.ts";
import type { ImageSet } from "../project/image-set.ts";

const QUALITY = 82;
/** From 0 to 6. Twice as fast as sharp's default of 4, with about 5 % more bytes and no visible difference. */
const EFFORT = 1;
const READ_CONCURRENCY = 8;
/** Decoding takes memory and a core. */
const SCALING_CONCURRENCY = 2;
/** Number of pictures that are prepared at a time. Others that are needed now come before the rest. */
const PREPARING_CONCURRENCY = 4;
const MAX_STORED_PIXELS = 50_000_000;
/** Total size of the finished pictures in memory. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

/** Pixels on the longer edge. */
const MAX_SHOWN_EDGE = 1_024;
/** A canvas has the aspect ratio 4:3. Discord scales all of this width to the same size. */
const MIN_CANVAS_WIDTH = 640;
const CANVAS_ASPECT = 4 / 3;
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };

/** "fitted": the image alone. "canvas": the image in the middle of a canvas, so that all pictures have the same shape. */
type PictureFormat = "fitted" | "canvas";

/** "now": somebody waits for the picture. "soon": it is prepared. */
type PictureNeed = "now" | "soon";

/** An image as it is displayed. */
export interface ImagePicture {
  /** The image's file name. */
  image: string;
  /** A WebP or a JPEG for display. */
  picture: Buffer;
}

/**
 * Makes pictures of images, in the same order; by default "fitted" and needed "now". Leaves out images that do not exist or cannot be decoded. Finished
 * pictures are cached.
 */
export type PictureMaker = (
  names: readonly string[],
  images: Pick<ImageSet, "read" | "has">,
  format?: PictureFormat,
  needed?: PictureNeed,
) => Promise<ImagePicture[]>;

export interface PictureObserver {
  /** Called for each picture that is asked for. "cache": it was finished; "store": the image was read. */
  pictureMade(from: "cache" | "store"): void;
}

interface Options {
  log: Log;
  observe?: PictureObserver | undefined;
  maxCachedBytes?: number;
}

export function pictureMaker({ log, observe, maxCachedBytes = MAX_CACHED_BYTES }: Options): PictureMaker {
  const limitReads = pLimit(READ_CONCURRENCY);
  const limitScaling = pLimit(SCALING_CONCURRENCY);
  const limitPreparing = pLimit(PREPARING_CONCURRENCY);
  const finished = byteCache(maxCachedBytes);
  const inProgress = asyncCache<Buffer | undefined>();
  const setNumbers = new WeakMap<object, number>();
  let sets = 0;

  /** The same image of two projects has two pictures, so that no project can show what only another one has. */
  function keyOf(image: string, images: object, format: PictureFormat): string {
    const number = setNumbers.get(images) ?? (sets += 1);
    setNumbers.set(images, number);
    return `${number}/${format}/${image}`;
  }

  async function make(image: string, images: Pick<ImageSet, "read">, format: PictureFormat) {
    const stored = await images.read(image);
    if (stored === undefined) return undefined;
    try {
      return await limitScaling(() => SCALE[format](stored));
    } catch (error) {
      log.warn({ err: error, image }, "the image cannot be shown, because it cannot be decoded");
      return undefined;
    }
  }

  async function pictureOf(image: string, images: Pick<ImageSet, "read" | "has">, format: PictureFormat) {
    const key = keyOf(image, images, format);
    const cached = finished.get(key);
    observe?.pictureMade(cached === undefined ? "store" : "cache");
    // While the store cannot say whether the image still exists, it is shown.
    if (cached !== undefined) return (await images.has(image).catch(() => true)) ? cached : undefined;
    const picture = await inProgress.load(key, () => limitReads(() => make(image, images, format)));
    if (picture !== undefined) finished.set(key, picture);
    return picture;
  }

  return async (names, images, format = "fitted", needed = "now") => {
    const makeOne = (image: string): Promise<Buffer | undefined> => pictureOf(image, images, format);
    const makeSoon = (image: string): Promise<Buffer | undefined> => limitPreparing(makeOne, image);
    const pictures = await Promise.all(names.map(needed === "now" ? makeOne : makeSoon));
    return names.flatMap((image, index) => {
      const picture = pictures[index];
      return picture === undefined ? [] : [{ image, picture }];
    });
  };
}

/** Scales an encoded image for display, when it is not in a set yet. */
export function previewOf(stored: Buffer): Promise<Buffer> {
  return SCALE.fitted(stored);
}

const SCALE: Record<PictureFormat, (stored: Buffer) => Promise<Buffer>> = {
  fitted: (stored) =>
    webp(
      sized(stored, {
        width: MAX_SHOWN_EDGE,
        height: MAX_SHOWN_EDGE,
        fit: "inside",
        withoutEnlargement: true,
      }),
    ),

  async canvas(stored) {
    const { autoOrient, format } = await sharp(stored, { limitInputPixels: MAX_STORED_PIXELS }).metadata();
    const { width, height, margins } = placeOnCanvas(autoOrient);
    const image = sized(stored, { width, height, fit: "fill" });
    const hasMargins = Object.values(margins).some((margin) => margin > 0);
    // Half the processor time of a WebP. Photos have up to a fifth more bytes.
    if (format === "jpeg" && !hasMargins) return image.jpeg({ quality: QUALITY }).toBuffer();
    return webp(image.extend({ ...margins, background: TRANSPARENT }));
  },
};

function sized(stored: Buffer, size: ResizeOptions): Sharp {
  return sharp(stored, { limitInputPixels: MAX_STORED_PIXELS }).rotate().resize(size);
}

function webp(image: Sharp): Promise<Buffer> {
  return image.webp({ quality: QUALITY, effort: EFFORT }).toBuffer();
}

/** The size of an image on its canvas, and the margins around it. Images are not enlarged. */
function placeOnCanvas(image: { width: number; height: number }) {
  const wanted = Math.max(image.width, image.height * CANVAS_ASPECT);
  const canvasWidth = Math.round(Math.min(Math.max(wanted, MIN_CANVAS_WIDTH), MAX_SHOWN_EDGE));
  const canvasHeight = Math.round(canvasWidth / CANVAS_ASPECT);
  const scale = Math.min(1, canvasWidth / image.width, canvasHeight / image.height);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const left = Math.floor((canvasWidth - width) / 2);
  const top = Math.floor((canvasHeight - height) / 2);
  const margins = { left, right: canvasWidth - width - left, top, bottom: canvasHeight - height - top };
  return { width, height, margins };
}
