import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { replaceResponse } from "../replace-response.ts";
import type { Discord } from "../state/discord.ts";
import type { RequestBody } from "./request-body.ts";
import { requestBody } from "./request-body.ts";

/** Interactions and their webhooks have their token in the address. */
const tokenInPath = /^(\/(?:webhooks|interactions)\/[^/]+\/)([^/?]+)/;

/** Keeps every request to the API that shows a token, with its answer: anything on this machine may send others. */
export function recordTraffic(
  { traffic, world, interactions }: Discord,
  { prefix }: { prefix: string },
): MiddlewareHandler {
  function isAuthenticated(c: Context): boolean {
    const [, , token = ""] = tokenInPath.exec(c.req.path.slice(prefix.length)) ?? [];
    return c.req.header("authorization") === `Bot ${world.botToken}` || interactions.knows(token);
  }

  return createMiddleware(async (c, next) => {
    if (!isAuthenticated(c)) return next();
    const started = performance.now();
    await next();
    const took = Math.round(performance.now() - started);
    const { json, files } = await bodyOf(c);
    const { search } = new URL(c.req.url);
    const path = (c.req.path.slice(prefix.length) + search).replace(tokenInPath, "$1[token]");
    // A fault has put that in the place of the answer.
    const lost = c.res === RESPONSE_ALREADY_SENT;
    const answer = lost ? "" : await readAnswer(c);
    traffic.record({
      kind: "rest",
      title: `${c.req.method} ${path}`,
      ...(lost ? {} : { status: c.res.status }),
      took,
      ...(json === undefined ? {} : { request: JSON.stringify(json) }),
      ...(files.length === 0
        ? {}
        : { files: files.map(({ name, bytes }) => ({ name, size: bytes.length })) }),
      ...(answer === "" ? {} : { response: answer }),
    });
    return undefined;
  });
}

/** Leaves one with the same text in its place, which is several times faster than to clone it. */
async function readAnswer(c: Context): Promise<string> {
  const { status, headers } = c.res;
  const text = await c.res.text();
  replaceResponse(c, new Response(text === "" ? null : text, { status, headers }));
  return text;
}

/** What came, if anything came that can be read. */
async function bodyOf(c: Context): Promise<RequestBody> {
  const none = { json: undefined, files: [] };
  return c.req.header("content-type") === undefined ? none : requestBody(c).catch(() => none);
}
