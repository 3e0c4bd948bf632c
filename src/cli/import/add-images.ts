import pLimit from "p-limit";
import { imageName, type ImageRefusal } from "../../labeling/images.ts";
import type { CheckImage } from "../../images/check-image.ts";
import { possibleNames } from "../../images/image-type.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { keyedMutex, type KeyedMutex } from "../../platform/keyed-mutex.ts";
import type { NearDuplicates } from "../../project/near-duplicates/near-duplicates.ts";
import type { Source } from "./source.ts";

export type ImportOutcome =
  | { became: "added" | "present" }
  /** Not added, because it looks like this image of the set. */
  | { became: "near-duplicate"; image: string }
  | { became: "refused"; reason: string };

/** Images read, checked or written at the same time; fewer are decoded. */
const CONCURRENCY = 8;

const REFUSAL_REASONS: Record<ImageRefusal, string> = {
  empty: "empty",
  "too-large": "larger than 10 MiB",
  "too-many-pixels": "more than 50 megapixels, or an edge of more than 65,535",
  "too-much-memory": "takes more than 1 GiB of memory to decode",
  "too-detailed": "cannot be stored in 12 MiB",
  heic: "HEIC is not accepted; export it as JPEG",
  "other-format": "not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
  damaged: "damaged: cannot be decoded completely",
  "too-slow": "takes too long to decode",
};

interface Options {
  images: ImageSet;
  nearDuplicates: Pick<NearDuplicates, "find" | "remember">;
  /** Whether to add images that look like one of the set. */
  allowNearDuplicates: boolean;
  checkImage: CheckImage;
  /** No new image is started after it is aborted. */
  signal: AbortSignal;
  /** Called for each image as soon as it is done. */
  done: (name: string, outcome: ImportOutcome) => void;
}

/**
 * Adds images, several at a time, and finishes those under way before it ends early.
 * @throws Error of the store
 */
export async function addImages(sources: readonly Source[], options: Options): Promise<void> {
  const failed: unknown[] = [];
  const lock = keyedMutex();
  await pLimit(CONCURRENCY).map(sources, async (source) => {
    if (options.signal.aborted || failed.length > 0) return;
    try {
      options.done(source.name, await addImage(source, options, lock));
    } catch (error) {
      failed.push(error);
    }
  });
  if (failed.length > 0) throw failed[0];
}

/** Checks one image and adds it to the set. An image that is in the set already is neither decoded nor written again. */
async function addImage(source: Source, options: Options, lock: KeyedMutex): Promise<ImportOutcome> {
  const { images, checkImage } = options;
  const uploaded = await source.read();
  if (typeof uploaded === "string") return { became: "refused", reason: uploaded };
  if ((await images.firstOf(possibleNames(uploaded))) !== undefined) return { became: "present" };
  const checked = await checkImage(uploaded);
  if (!checked.ok) return { became: "refused", reason: REFUSAL_REASONS[checked.refusal] };
  const { stored, format } = checked;
  const image = { uploaded, stored, format };
  if (options.allowNearDuplicates) return addChecked(image, options);
  // One at a time, because images of this import may look alike.
  return lock("", async () => {
    const similar = await options.nearDuplicates.find(stored);
    return similar === undefined ? addChecked(image, options) : { became: "near-duplicate", image: similar };
  });
}

async function addChecked(
  image: Parameters<ImageSet["add"]>[0],
  { images, nearDuplicates }: Options,
): Promise<ImportOutcome> {
  if (!(await images.add(image))) return { became: "present" };
  await nearDuplicates.remember(imageName(image.uploaded, image.format), image.stored);
  return { became: "added" };
}
