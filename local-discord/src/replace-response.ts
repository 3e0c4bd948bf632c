import type { Context } from "hono";

/** Replaces the response. Hono would merge the two if the old one were not removed first. */
export function replaceResponse(c: Context, answer: Response): void {
  c.res = undefined;
  c.res = answer;
}
