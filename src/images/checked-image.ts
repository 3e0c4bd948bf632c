import type { ImageFormat, ImageRefusal } from "../domain/image.ts";

export type CheckedImage =
  | { ok: true; stored: Buffer; format: ImageFormat }
  | { ok: false; refusal: ImageRefusal };
