import type { ImageRefusal } from "../../labeling/image.ts";
import type { CheckImage } from "../../images/check-image.ts";
import { possibleNames } from "../../images/image-type.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { UnreadableError, type Source } from "./source.ts";

export interface ImportContext {
  images: ImageSet;
  checkImage: CheckImage;
}

export type Outcome = { became: "added" | "present" } | { became: "refused"; reason: string };

const REASONS: Record<ImageRefusal, string> = {
  empty: "empty",
  "too-large": "larger than 10 MiB",
  "too-many-pixels": "more than 50 megapixels, or an edge of more than 65,535",
  "too-much-memory": "decoding it takes more than 1 GiB of memory",
  "too-detailed": "it cannot be stored in 12 MiB",
  heic: "HEIC, which is not taken; export it as JPEG",
  "other-format": "not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
  damaged: "damaged: it cannot be decoded to its end",
  "too-slow": "decoding it takes too long",
};

/** Brings one image through the checks into the set. What is there under its name is neither decoded nor written again. */
export async function addImage(source: Source, { images, checkImage }: ImportContext): Promise<Outcome> {
  let uploaded: Buffer;
  try {
    uploaded = await source.read();
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { became: "refused", reason: error.message };
  }
  if ((await images.firstOf(possibleNames(uploaded))) !== undefined) return { became: "present" };
  const checked = await checkImage(uploaded);
  if (!checked.ok) return { became: "refused", reason: REASONS[checked.refusal] };
  const { stored, format } = checked;
  return { became: (await images.add({ uploaded, stored, format })) ? "added" : "present" };
}
