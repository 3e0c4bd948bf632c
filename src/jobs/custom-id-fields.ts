/** The fields of custom ids: short texts without a colon. Texts that encoding cannot return are refused. */
import { z } from "zod";
import { IMAGE_FORMATS } from "../labeling/images.ts";
import { snowflake } from "../platform/snowflake.ts";
import { answer, filePosition, image, page, position, skips } from "./references.ts";

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

/** Numbers of skipped images and of pages have at most two digits. */
const RADIX = 36;

/** The position of a file in its upload, from 1 to 10, in base 36. */
export const filePositionField = base36(filePosition);

/** How many images a person has skipped, in base 36. */
export const skipsField = base36(skips);

/** The page of a list, in base 36. */
export const pageField = base36(page);

/** A number of one or two digits in base 36. */
function base36(number: typeof skips) {
  return z.codec(z.string().regex(/^(?:0|[1-9a-z][\da-z]?)$/), number, {
    decode: (text) => Number.parseInt(text, RADIX),
    encode: (count) => count.toString(RADIX),
  });
}

/** The digit of a label, or "u" for "unsure". */
export const answerField = z.union([
  z.codec(digit, answer.options[0], { decode: Number, encode: String }),
  z.codec(z.literal("u"), answer.options[1], { decode: () => "unsure" as const, encode: () => "u" as const }),
]);

/** "y" for yes, "n" for no. */
export const yesNoField = z.codec(z.enum(["y", "n"]), z.boolean(), {
  decode: (text) => text === "y",
  encode: (yes) => (yes ? "y" : "n"),
});
