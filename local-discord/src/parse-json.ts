import type { ZodType } from "zod";

/** What the schema makes of that JSON; undefined when it does not fit, or is no JSON at all. */
export function parseJson<T>(schema: ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
