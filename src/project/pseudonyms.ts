import { createHmac } from "node:crypto";

/** The names under which the store knows one person. None leads to another, or to the person, without the secret. */
export interface Pseudonyms {
  /** In rows of the label file. */
  labeler: string;
  /** In new rows of the upload file. */
  uploader: string;
  /** In any row of the upload file: at first the labels' pseudonym was used there, too. */
  uploaders: readonly string[];
  /** Names the person's tombstone, of all purposes. */
  tombstone: string;
}

/** Purpose of the key for entries of images: the kind of row, and the project. */
const HOTDOG_UPLOADS = "uploads/hotdog";

/**
 * The pseudonyms of a person, from the operator's secret. The labels of the hot dogs use the secret itself as their key, as
 * they always have; every other purpose has a key of its own, so that rows of two purposes cannot be joined.
 * @param userId a Discord user id
 */
export function pseudonymsOf(secret: string, userId: string): Pseudonyms {
  const labeler = pseudonym(secret, userId);
  const uploader = pseudonym(deriveKey(secret, HOTDOG_UPLOADS), userId);
  return { labeler, uploader, uploaders: [uploader, labeler], tombstone: labeler };
}

/** A key for one purpose, from the operator's secret. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return createHmac("sha256", secret).update(purpose).digest();
}

/**
 * Names a person for whoever lacks the key: 64 hexadecimal digits, so that no spreadsheet takes it for a formula.
 * @param id a Discord user id, or a pseudonym that is itself to be replaced
 */
export function pseudonym(key: string | Buffer, id: string): string {
  return createHmac("sha256", key).update(id).digest("hex");
}
