import pLimit, { type LimitFunction } from "p-limit";
import { asyncCache } from "../platform/async-cache.ts";
import { byteCache } from "../platform/byte-cache.ts";
import type { Log } from "../platform/log.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { PictureFormat } from "./scale-picture.ts";

const READ_CONCURRENCY = 8;
/** Decoding takes memory and a core. */
const SCALING_CONCURRENCY = 2;
/** Number of pictures that are prepared at a time. Others that are needed now come before the rest. */
const PREPARING_CONCURRENCY = 4;
/** Total size of the finished pictures in memory. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

interface PictureOptions {
  /** By default "fitted". */
  format?: PictureFormat;
  /** "now", the default: somebody waits for the picture. "soon": it is prepared. */
  needed?: "now" | "soon";
  /** Whether the set still has an image whose picture is cached. By default, the set is asked. */
  has?: ImageSet["has"];
}

/** An image as it is displayed. */
export interface ImagePicture {
  /** The image's file name. */
  image: string;
  /** A WebP or a JPEG for display. */
  picture: Buffer;
}

/**
 * Makes pictures of images, in the same order. Leaves out images that do not exist or cannot be decoded. Finished
 * pictures are cached.
 */
export type PictureMaker = (
  names: readonly string[],
  images: Pick<ImageSet, "read" | "has">,
  options?: PictureOptions,
) => Promise<ImagePicture[]>;

/** Makes a picture from the bytes of an image that the check has encoded. Rejects if it cannot be decoded. */
export type PreviewMaker = (stored: Buffer) => Promise<Buffer>;

export interface PictureObserver {
  /** Called for each picture that is asked for. "cache": it was finished; "store": the image was read. */
  pictureMade(from: "cache" | "store"): void;
}

interface Options {
  log: Log;
  observe?: PictureObserver | undefined;
  maxCachedBytes?: number;
}

/** Creates makers of pictures that share a limit. */
export function pictureMakers(options: Options): { makePictures: PictureMaker; makePreview: PreviewMaker } {
  const limitScaling = pLimit(SCALING_CONCURRENCY);
  return {
    makePictures: pictureMaker(options, limitScaling),
    makePreview: async (stored) => {
      const { previewOf } = await loadScaling();
      return limitScaling(() => previewOf(stored));
    },
  };
}

function pictureMaker(
  { log, observe, maxCachedBytes = MAX_CACHED_BYTES }: Options,
  limitScaling: LimitFunction,
): PictureMaker {
  const limitReads = pLimit(READ_CONCURRENCY);
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
    const { SCALE } = await loadScaling();
    try {
      return await limitScaling(() => SCALE[format](stored));
    } catch (error) {
      log.warn({ err: error, image }, "the image cannot be shown, because it cannot be decoded");
      return undefined;
    }
  }

  async function pictureOf(
    image: string,
    images: Pick<ImageSet, "read">,
    { format, has }: Required<Pick<PictureOptions, "format" | "has">>,
  ) {
    const key = keyOf(image, images, format);
    const cached = finished.get(key);
    observe?.pictureMade(cached === undefined ? "store" : "cache");
    // While the store cannot say whether the image still exists, it is shown.
    if (cached !== undefined) return (await has(image).catch(() => true)) ? cached : undefined;
    const picture = await inProgress.load(key, () => limitReads(() => make(image, images, format)));
    if (picture !== undefined) finished.set(key, picture);
    return picture;
  }

  return async (names, images, { format = "fitted", needed = "now", has = images.has } = {}) => {
    const makeOne = (image: string): Promise<Buffer | undefined> => pictureOf(image, images, { format, has });
    const makeSoon = (image: string): Promise<Buffer | undefined> => limitPreparing(makeOne, image);
    const pictures = await Promise.all(names.map(needed === "now" ? makeOne : makeSoon));
    return names.flatMap((image, index) => {
      const picture = pictures[index];
      return picture === undefined ? [] : [{ image, picture }];
    });
  };
}

/** Loads sharp when the first picture is made: it takes 8 MB, and a worker may only ever answer `/stats`. */
const loadScaling = () => import("./scale-picture.ts");
