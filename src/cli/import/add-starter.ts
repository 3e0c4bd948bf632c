import pLimit from "p-limit";
import type { ImageSet } from "../../project/image-set.ts";
import { asWebp, STARTER_FORMAT, starterImages, starterName, type StarterImage } from "./starter.ts";

/** Each takes one thread while it is drawn. */
const AT_A_TIME = 4;

interface Options {
  /** Told of each image as soon as it is in the set. */
  done?: (image: StarterImage, added: boolean) => void;
  /** Begins no more images once it is aborted. */
  signal?: AbortSignal;
}

/**
 * Draws the images to start with and adds those that the set does not have. The name of each comes from its drawing,
 * so they are the same ones on every machine, and what is there is not drawn again.
 */
export async function addStarter(
  images: ImageSet,
  { done, signal }: Options = {},
): Promise<{ added: number; present: number }> {
  const limit = pLimit(AT_A_TIME);
  const outcomes = await limit.map(await starterImages(), async (image) => {
    if (signal?.aborted === true) return undefined;
    const added = await addMissing(image, images);
    done?.(image, added);
    return added;
  });
  const count = (outcome: boolean): number => outcomes.filter((added) => added === outcome).length;
  return { added: count(true), present: count(false) };
}

async function addMissing(image: StarterImage, images: ImageSet): Promise<boolean> {
  if (await images.has(starterName(image))) return false;
  const { drawing } = image;
  return images.add({ uploaded: drawing, stored: await asWebp(drawing), format: STARTER_FORMAT });
}
