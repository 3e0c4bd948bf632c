import { hash } from "node:crypto";

/** The pattern of an image's file name: the SHA-256 of the uploaded bytes and the format in which the image is stored. */
export const IMAGE_NAME = /^[0-9a-f]{64}\.(?:jpg|png|webp)$/;

/** What the name of an image begins with while it is sealed, so that it cannot be compared with other names. */
export const SEALED = "sealed-";

export const IMAGE_FORMATS = ["jpg", "png", "webp"] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Why a file is refused. */
export const IMAGE_REFUSALS = [
  /** It has no bytes. */
  "empty",
  /** It has more than MAX_UPLOAD_BYTES. */
  "too-large",
  /** It has more than MAX_PIXELS, or an edge longer than a JPEG can have. */
  "too-many-pixels",
  /** Decoding it takes more memory than is allowed. */
  "too-much-memory",
  /** It cannot be encoded in MAX_STORED_BYTES. */
  "too-detailed",
  /** It is an iPhone's HEIC or HEIF. */
  "heic",
  /** It is an SVG, a text, a video, or anything else that is not accepted. */
  "other-format",
  /** Its format is accepted, but it is truncated, corrupt, or not what its header says. */
  "damaged",
  /** Decoding it takes longer than is allowed. */
  "too-slow",
] as const;
export type ImageRefusal = (typeof IMAGE_REFUSALS)[number];

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Pixels of the decoded image; for an animation, of its first frame. */
export const MAX_PIXELS = 50_000_000;
/** Longest edge of a stored image. */
export const MAX_EDGE_PIXELS = 4_096;
export const MAX_STORED_BYTES = 12 * 1024 * 1024;

/** The name under which an uploaded file is stored in the given format. */
export function imageName(uploaded: Buffer, format: ImageFormat): string {
  return `${sha256(uploaded)}.${format}`;
}

/** The names under which an uploaded file may be stored, one per format. */
export function imageNames(uploaded: Buffer, formats: readonly ImageFormat[]): string[] {
  const hash = sha256(uploaded);
  return formats.map((format) => `${hash}.${format}`);
}

/** Returns where the random sample for an id starts, as a position in the sorted image names. It depends only on the id. */
export function sampleStart(id: string): string {
  return sha256(id);
}

/** Shuffles names by an id. The result depends only on the id and the set of names, not on their order. */
export function seededShuffle(id: string, names: readonly string[]): string[] {
  const ranks = new Map(names.map((name) => [name, sha256(`${id}/${name}`)]));
  return names.toSorted((a, b) => ((ranks.get(a) ?? "") < (ranks.get(b) ?? "") ? -1 : 1));
}

function sha256(data: Buffer | string): string {
  return hash("sha256", data);
}
