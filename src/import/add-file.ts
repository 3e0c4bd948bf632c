import { open } from "node:fs/promises";
import { imageName, MAX_UPLOAD, type ImageRefusal } from "../domain/image.ts";
import type { CheckImage } from "../images/check-image.ts";
import { keptFormat } from "../images/image-type.ts";
import type { ImageSet } from "../store/image-set.ts";
import { reasonOf } from "./find-files.ts";

export interface ImportContext {
  images: ImageSet;
  checkImage: CheckImage;
}

export type Outcome = { became: "added" | "present" } | { became: "refused"; reason: string };

const REASONS: Record<ImageRefusal, string> = {
  empty: "empty",
  "too-large": "larger than 10 MiB",
  "too-many-pixels": "more than 50 megapixels, or an edge of more than 65,535",
  heic: "HEIC, which is not taken; export it as JPEG",
  "other-format": "not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
  damaged: "damaged: it cannot be decoded to its end",
  "too-slow": "decoding it takes too long",
};

/** Brings one file through the checks into the set. What is there under its name is neither decoded nor written again. */
export async function addFile(path: string, { images, checkImage }: ImportContext): Promise<Outcome> {
  let uploaded: Buffer;
  try {
    uploaded = await read(path);
  } catch (error) {
    return { became: "refused", reason: reasonOf(error) };
  }
  const expected = keptFormat(uploaded);
  if (expected !== undefined && (await images.has(imageName(uploaded, expected))))
    return { became: "present" };
  const checked = await checkImage(uploaded);
  if (!checked.ok) return { became: "refused", reason: REASONS[checked.refusal] };
  const { stored, format } = checked;
  return { became: (await images.add({ uploaded, stored, format })) ? "added" : "present" };
}

/** The file, or, of one that is too large anyway, its beginning. */
async function read(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(Math.min((await file.stat()).size, MAX_UPLOAD) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
