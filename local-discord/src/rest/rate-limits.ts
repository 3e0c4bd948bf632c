import type { Context, MiddlewareHandler, Next } from "hono";
import type { Discord } from "../state/discord.ts";

interface Limit {
  requests: number;
  /** Milliseconds in which that many requests are allowed. */
  span: number;
}

/** @see https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const GLOBAL_LIMIT = { requests: 50, span: 1_000 };

/** Limit of one route of one channel. Discord publishes no numbers; these are the usual ones for sending messages. */
const ROUTE_LIMIT = { requests: 5, span: 5_000 };

/** Limit of adding and removing reactions in a channel, as bots have found it. */
const REACTION_LIMIT = { requests: 1, span: 250 };

interface Counted {
  allowed: boolean;
  remaining: number;
  /** Seconds until the count starts again. */
  resetAfter: number;
  /** The same moment in seconds since 1970. */
  reset: number;
}

/** Counts requests by key. The first request starts a span, and the count is reset when the span ends. */
function counter({ requests, span }: Limit, now: () => number): (key: string) => Counted {
  const spans = new Map<string, { used: number; ends: number }>();
  return (key) => {
    const at = now();
    const open = spans.get(key);
    const current = open && open.ends > at ? open : { used: 0, ends: at + span };
    spans.set(key, current);
    const allowed = current.used < requests;
    if (allowed) current.used += 1;
    const { used, ends } = current;
    return { allowed, remaining: requests - used, resetAfter: (ends - at) / 1_000, reset: ends / 1_000 };
  };
}

/** Limits all requests together to 50 per second; above that, the response is 429 with `global`. */
export function globalRateLimit({ now }: Pick<Discord, "now">): MiddlewareHandler {
  const count = counter(GLOBAL_LIMIT, now);
  return async (c, next) => {
    const { allowed, resetAfter } = count("");
    if (allowed) return next();
    c.header("x-ratelimit-global", "true");
    return tooMany(c, { resetAfter, scope: "global" });
  };
}

/** Limits each route of each channel, with Discord's x-ratelimit headers; above that, the response is 429. */
export function channelRateLimit({ now }: Pick<Discord, "now">): MiddlewareHandler {
  const others = { limit: ROUTE_LIMIT, count: counter(ROUTE_LIMIT, now) };
  const reactions = { limit: REACTION_LIMIT, count: counter(REACTION_LIMIT, now) };
  return async (c: Context, next: Next) => {
    const [, , , , channel = "", ...rest] = c.req.path.split("/");
    const isReaction = rest[2] === "reactions" && c.req.method !== "GET";
    // All emoji and users have one limit together.
    const parts = isReaction ? ["reactions"] : rest.map((part) => (/^\d+$/.test(part) ? "id" : part));
    const route = isReaction ? parts.join("-") : [c.req.method, ...parts].join("-");
    const { limit, count } = isReaction ? reactions : others;
    const { allowed, remaining, resetAfter, reset } = count(`${channel} ${route}`);
    c.header("x-ratelimit-limit", String(limit.requests));
    c.header("x-ratelimit-remaining", String(remaining));
    c.header("x-ratelimit-reset", reset.toFixed(3));
    c.header("x-ratelimit-reset-after", resetAfter.toFixed(3));
    // A route with an emoji is no valid header.
    c.header("x-ratelimit-bucket", encodeURIComponent(`channel-${route}`));
    return allowed ? next() : tooMany(c, { resetAfter, scope: "user" });
  };
}

/** @see https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
function tooMany(c: Context, { resetAfter, scope }: { resetAfter: number; scope: "user" | "global" }) {
  c.header("retry-after", String(Math.ceil(resetAfter)));
  c.header("x-ratelimit-scope", scope);
  const message = "You are being rate limited.";
  return c.json({ message, retry_after: resetAfter, global: scope === "global" }, 429);
}
