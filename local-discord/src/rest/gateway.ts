import type { Hono } from "hono";

/** @see https://discord.com/developers/docs/events/gateway#get-gateway, which needs no token */
export function gatewayRoute(api: Hono, url: string): void {
  api.get("/gateway", (c) => c.json({ url }));
}

/** @see https://discord.com/developers/docs/events/gateway#get-gateway-bot */
export function botGatewayRoute(api: Hono, url: string): void {
  api.get("/gateway/bot", (c) => {
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
    return c.json({ url, shards: 1, session_start_limit });
  });
}
