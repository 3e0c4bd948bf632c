import { z } from "zod";

/** Permissions as a number: bots send digits, but Discord's published schemas want a number. */
const bits = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,19}$/.test(value) ? Number(value) : value),
  z.unknown(),
);

/** An object whose permissions become numbers: those of a role, or of an overwrite. */
export const bitsAsNumbers = z.looseObject({
  permissions: bits.optional(),
  allow: bits.optional(),
  deny: bits.optional(),
});
