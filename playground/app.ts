import { Hono } from "hono";
import { clientApi } from "./client/routes.ts";
import { pageRoutes } from "./client/page.ts";
import { cdnRoutes } from "./cdn.ts";
import { restApi } from "./rest/app.ts";
import { isLoopbackHost } from "./same-machine.ts";
import type { Discord } from "./state/discord.ts";

/** All that is served over HTTP: Discord's API and CDN, and the page with its own routes. */
export function app(
  discord: Discord,
  { gateway, log }: { gateway: string; log: (line: string) => void },
): Hono {
  const all = new Hono();
  all.use(async (c, next) => {
    if (!isLoopbackHost(c.req.header("host"))) return c.text("Only this machine is served.", 403);
    return next();
  });
  all.route("/api/v10", restApi(discord, { gateway, log }));
  cdnRoutes(all, discord);
  all.route("/client", clientApi(discord, log));
  pageRoutes(all);
  return all;
}
