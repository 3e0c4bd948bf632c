import { createHmac } from "node:crypto";

/** 0: not a hot dog. 1: a hot dog. */
export const LABELS = [0, 1] as const;
export type Label = (typeof LABELS)[number];

/**
 * The name under which a person's answers are kept: the same for the same person and secret, and nobody without the
 * secret finds the person again. Hexadecimal, so that no spreadsheet takes it for a formula.
 */
export function pseudonym(secret: string, userId: string): string {
  return createHmac("sha256", secret).update(userId).digest("hex");
}
