import type { ImageFormat, ImageRefusal } from "../labeling/image.ts";

export type Outcome =
  | { ok: true; stored: Buffer; format: ImageFormat }
  | { ok: false; refusal: ImageRefusal };

export type CheckedImage = Outcome & {
  /** Milliseconds for which a decoding process worked on the file. */
  decodingMs: number;
};
