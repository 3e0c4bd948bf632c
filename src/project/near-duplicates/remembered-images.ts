import { imageName } from "../../labeling/images.ts";
import type { Log } from "../../platform/log.ts";
import type { ImageSet } from "../image-set.ts";
import type { NearDuplicates } from "./near-duplicates.ts";

/** Makes an image set that also remembers how the images look that are added to it. */
export function rememberedImages(
  images: ImageSet,
  { remember }: Pick<NearDuplicates, "remember">,
  log: Log,
): ImageSet {
  async function addNamed(name: string, stored: Buffer): Promise<boolean> {
    const adding = images.addNamed(name, stored);
    // If the image is in the set, rememberAll will remember it later.
    const remembering = remember(name, stored, adding).catch((error: unknown) => {
      log.warn({ err: error, image: name }, "the image is not compared with others yet");
    });
    const [isNew] = await Promise.all([adding, remembering]);
    return isNew;
  }

  return {
    ...images,
    addNamed,
    add: ({ uploaded, stored, format }) => addNamed(imageName(uploaded, format), stored),
  };
}
