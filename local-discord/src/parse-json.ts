import type { ZodType } from "zod";

/** Parses JSON with a schema; undefined if the text is not JSON or does not match. */
export function parseJson<T>(schema: ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
