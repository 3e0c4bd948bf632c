import pLimit from "p-limit";
import { StartError } from "../../platform/start-error.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { starterImages, starterName } from "./starter.ts";
import { describeError } from "../../platform/describe-error.ts";

/** Looked for and removed at a time. */
const AT_A_TIME = 4;

/**
 * Takes the images to start with out of the set; their labels stay, and count again when they are added again.
 * @returns how many of them were there
 * @throws StartError when the store does not let them be removed
 */
export async function removeStarter(images: ImageSet): Promise<number> {
  const names = (await starterImages()).map(starterName);
  try {
    // Not one that is not there: where there is none, no right to delete is wanted.
    const removed = await pLimit(AT_A_TIME).map(
      names,
      async (name) => (await images.has(name)) && images.remove(name),
    );
    return removed.filter(Boolean).length;
  } catch (error) {
    const reason = describeError(error);
    throw new StartError(`The images to start with could not be taken out of the set: ${reason}`, {
      cause: error,
    });
  }
}
