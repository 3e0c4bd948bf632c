import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { realElapsed } from "../real-time.ts";
import { replaceResponse } from "../replace-response.ts";
import type { Discord } from "../state/discord.ts";
import type { RequestBody } from "./request-body.ts";
import { requestBody } from "./request-body.ts";

/** Matches the token in paths of interactions and their webhooks. */
const tokenInPath = /^(\/(?:webhooks|interactions)\/[^/]+\/)([^/?]+)/;

/** Records API requests with a valid token, and their responses. Any program on this machine can send requests without one. */
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
    const started = realElapsed();
    await next();
    const took = Math.round(realElapsed() - started);
    const { json, files } = await bodyOf(c);
    const { search } = new URL(c.req.url);
    const path = (c.req.path.slice(prefix.length) + search).replace(tokenInPath, "$1[token]");
    // A fault drops a response by replacing it with this one.
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

/** Reads the response and replaces it with one of the same text, which is several times faster than cloning it. */
async function readAnswer(c: Context): Promise<string> {
  const { status, headers } = c.res;
  const text = await c.res.text();
  replaceResponse(c, new Response(text === "" ? null : text, { status, headers }));
  return text;
}

/** Returns the request body, or an empty one if it cannot be read. */
async function bodyOf(c: Context): Promise<RequestBody> {
  const none = { json: undefined, files: [] };
  return c.req.header("content-type") === undefined ? none : requestBody(c).catch(() => none);
}
