import type { Log } from "../../platform/log.ts";
import { sampleStart } from "../../labeling/images.ts";
import type { ImageSet } from "../image-set.ts";
import { imageKey } from "./image-keys.ts";
import type { NearDuplicates } from "./near-duplicates.ts";
import type { ThumbnailFiles } from "./thumbnail-files.ts";

/** Sorts after everything that follows a key in a name. */
const AFTER_NAMES = "g";

interface Options {
  /** Called after each image that was decoded, with the milliseconds that it took. Resolves when the next one may follow. */
  pause: (tookMs: number) => Promise<void>;
  /** Ends the work. What is done is kept, and the next call continues from there. */
  signal: AbortSignal;
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
  log: Log;
}

/**
 * Remembers how those images of a set look that were added without that, for example by an earlier version. Can be interrupted and
 * repeated, by any number of processes.
 * @returns the number of images that were remembered
 */
export async function rememberAll(
  images: Pick<ImageSet, "pages" | "read">,
  { remember, remembered }: Pick<NearDuplicates, "remember" | "remembered">,
  { pause, signal, random, log }: Options,
): Promise<number> {
  let count = 0;

  async function rememberOne(image: string): Promise<void> {
    const started = performance.now();
    const stored = await images.read(image);
    if (stored === undefined) return;
    try {
      await remember(image, stored);
      count += 1;
    } catch (error) {
      log.warn({ err: error, image }, "the image cannot be compared with others");
    }
    await pause(performance.now() - started);
  }

  // Each process begins at another image, so that several share the work.
  const start = sampleStart(String(random()));
  for (const range of [{ after: start }, { upTo: start }]) {
    for await (const page of images.pages(range)) {
      const isKnown = await remembered();
      for (const image of page) {
        if (signal.aborted) return count;
        if (!isKnown(image)) await rememberOne(image);
      }
    }
  }
  return count;
}

/** Removes thumbnails of images that are not in the set, which interrupted removals have left. */
export async function removeStrayThumbnails(
  images: Pick<ImageSet, "pages">,
  files: Pick<ThumbnailFiles, "pages" | "remove">,
): Promise<void> {
  for await (const keys of files.pages()) {
    // A thumbnail is written after its image, so it is listed before it.
    const inSet = new Set<string>();
    for await (const page of images.pages({ after: keys[0] ?? "", upTo: `${keys.at(-1)}${AFTER_NAMES}` }))
      for (const image of page) inSet.add(imageKey(image));
    for (const key of keys) if (!inSet.has(key)) await files.remove(key);
  }
}
