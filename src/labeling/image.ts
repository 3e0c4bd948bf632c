import { createHash, createHmac } from "node:crypto";

/** An image's file name: the SHA-256 of the bytes that were uploaded, and the format in which it is kept. */
export const IMAGE_NAME = /^[0-9a-f]{64}\.(?:jpg|png|webp)$/;

export const IMAGE_FORMATS = ["jpg", "png", "webp"] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/**
 * Why a file is not taken into the image set:
 * `empty` no bytes; `too-large` more than MAX_UPLOAD; `too-many-pixels` more than MAX_PIXELS, or one edge beyond what a
 * JPEG can have; `too-much-memory` decoding takes more memory than it may; `too-detailed` it cannot be encoded in
 * MAX_STORED_BYTES; `heic` an iPhone's HEIC or HEIF; `other-format` SVG, text, a video, anything; `damaged` of a format
 * that is taken, but truncated, corrupt, or not what its header says; `too-slow` decoding took longer than it may.
 */
export const IMAGE_REFUSALS = [
  "empty",
  "too-large",
  "too-many-pixels",
  "too-much-memory",
  "too-detailed",
  "heic",
  "other-format",
  "damaged",
  "too-slow",
] as const;
export type ImageRefusal = (typeof IMAGE_REFUSALS)[number];

/** Bytes of a file. */
export const MAX_UPLOAD = 10 * 1024 * 1024;
/** Pixels of an image as it is decoded; of an animation, those of its first frame. */
export const MAX_PIXELS = 50_000_000;
/** Pixels of the longest edge of an image as it is kept. */
export const MAX_EDGE = 4_096;
/** Bytes of an image as it is kept. */
export const MAX_STORED_BYTES = 12 * 1024 * 1024;

export function imageName(uploaded: Buffer, format: ImageFormat): string {
  return `${hashOf(uploaded)}.${format}`;
}

export function imageNames(uploaded: Buffer, formats: readonly ImageFormat[]): string[] {
  const hash = hashOf(uploaded);
  return formats.map((format) => `${hash}.${format}`);
}

function hashOf(uploaded: Buffer): string {
  return createHash("sha256").update(uploaded).digest("hex");
}

/** Where in the order of all names the choice for this id begins: anywhere, but always the same. */
export function startOfChoice(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

/** These names in an order that only the id decides: shuffled anew for each id, the same for the same one. */
export function shuffledBy(id: string, names: readonly string[]): string[] {
  const rank = new Map(names.map((name) => [name, createHmac("sha256", id).update(name).digest("hex")]));
  return names.toSorted((a, b) => ((rank.get(a) ?? "") < (rank.get(b) ?? "") ? -1 : 1));
}
