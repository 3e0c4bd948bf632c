/** The fields of custom ids: short texts without a colon. Texts that encoding cannot return are refused. */
import { z } from "zod";
import { IMAGE_FORMATS } from "../labeling/images.ts";
import { snowflake } from "../platform/snowflake.ts";
import { answer, image, labeler, page, position, skips } from "./references.ts";

/** 8 or 32 bytes in base64url end with a character whose last two bits are unused, and zero. */
const LAST = "[AEIMQUYcgkosw048]";
const HASH_LENGTH = 43;

const digit = z.string().regex(/^\d$/);

/** A Discord id as the base64url of its 8 bytes: 11 characters. Leading zeros are dropped. */
export const snowflakeField = z.codec(z.string().regex(new RegExp(`^[\\w-]{10}${LAST}$`)), snowflake, {
  decode: (text) => String(Buffer.from(text, "base64url").readBigUInt64BE()),
  encode(id) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(id));
    return bytes.toString("base64url");
  },
});

/** The id of a project, or "-" for null. */
export const projectField = z.union([
  snowflakeField,
  z.codec(z.literal("-"), z.null(), { decode: () => null, encode: () => "-" as const }),
]);

/** An image's file name as the base64url of its hash and the first letter of its format: 44 characters. */
export const imageField = z.codec(z.string().regex(new RegExp(`^[\\w-]{42}${LAST}[jpw]$`)), image, {
  decode(text) {
    const hash = Buffer.from(text.slice(0, HASH_LENGTH), "base64url").toString("hex");
    return `${hash}.${IMAGE_FORMATS.find((format) => format.startsWith(text.slice(HASH_LENGTH)))}`;
  },
  encode(name) {
    const [hash = "", format = ""] = name.split(".");
    return Buffer.from(hash, "hex").toString("base64url") + format.charAt(0);
  },
});

/** One digit from 1. */
export const positionField = z.codec(digit, position, { decode: Number, encode: String });

/** A pseudonym as the base64url of its 32 bytes: 43 characters. */
export const labelerField = z.codec(z.string().regex(new RegExp(`^[\\w-]{42}${LAST}$`)), labeler, {
  decode: (text) => Buffer.from(text, "base64url").toString("hex"),
  encode: (name) => Buffer.from(name, "hex").toString("base64url"),
});

/** Counts have at most two digits. */
const RADIX = 36;

/** A count from 0 in base 36. */
const countField = (count: z.ZodInt) =>
  z.codec(z.string().regex(/^(?:0|[1-9a-z][\da-z]?)$/), count, {
    decode: (text) => Number.parseInt(text, RADIX),
    encode: (value) => value.toString(RADIX),
  });

/** How many images a person has skipped, in base 36. */
export const skipsField = countField(skips);

/** The index of a page of a list, in base 36. */
export const pageField = countField(page);

/** Whether a person is to be excluded: "x", or "-" to take an exclusion back. */
export const excludedField = z.codec(z.literal(["x", "-"]), z.boolean(), {
  decode: (text) => text === "x",
  encode: (excluded) => (excluded ? "x" : "-"),
});

/** The digit of a label, or "u" for "unsure". */
export const answerField = z.union([
  z.codec(digit, answer.options[0], { decode: Number, encode: String }),
  z.codec(z.literal("u"), answer.options[1], { decode: () => "unsure" as const, encode: () => "u" as const }),
]);
