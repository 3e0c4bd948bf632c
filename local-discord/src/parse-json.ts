import type { ZodType } from "zod";

/** Parses JSON with a schema; undefined if the text is not JSON or does not match. */
export function parseJson<T>(schema: ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(readJson(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Parses JSON in which ids may be numbers, as some libraries send them. Those that JavaScript would round become strings.
 * @throws SyntaxError
 */
export function readJson(text: string): unknown {
  // A reviver makes parsing five times slower.
  if (!/[:[,]\s*\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, exact);
}

/** TypeScript does not know the third argument of a reviver yet. */
function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source ?? "";
  const isRounded = typeof value === "number" && !Number.isSafeInteger(value) && /^\d+$/.test(source);
  return isRounded ? source : value;
}
