import { createHash, createHmac } from "node:crypto";

/** An image's file name: the SHA-256 of the bytes that were uploaded, and the format in which it is kept. */
export const IMAGE_NAME = /^[0-9a-f]{64}\.(?:jpg|png|webp)$/;

export type ImageFormat = "jpg" | "png" | "webp";

export function imageName(uploaded: Buffer, format: ImageFormat): string {
  return `${createHash("sha256").update(uploaded).digest("hex")}.${format}`;
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
