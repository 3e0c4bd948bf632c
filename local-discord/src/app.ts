import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import { clientApi } from "./client/routes.ts";
import { pageRoutes } from "./client/page.ts";
import { cdnRoutes } from "./cdn.ts";
import { notServed } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { type RestOptions, restApi } from "./rest/app.ts";
import { trackResponses } from "./rest/track-responses.ts";
import { recordTraffic } from "./rest/record-traffic.ts";
import { isLoopbackHost, isOwnOrigin } from "./same-machine.ts";
import type { Discord } from "./state/discord.ts";

/** Serves everything that goes over HTTP: Discord's API and CDN, and the page with its own routes. */
export function app(discord: Discord, { faults, ...options }: RestOptions & { faults: Faults }): Hono {
  const api = "/api/v10";
  const all = new Hono({ getPath: (request) => plainPath(getPath(request), api) });
  all.use(async (c, next) => {
    if (!isLoopbackHost(c.req.header("host")))
      return c.text("The Host header must name this machine: 127.0.0.1 or localhost.", 403);
    return next();
  });
  all.use("/api/*", async (c, next) => {
    // Bots send no Origin header; pages of other sites do.
    const own = isOwnOrigin(c.req.header("origin"), c.req.header("host"));
    return own ? next() : c.text("Requests from pages of other origins are refused.", 403);
  });
  all.use(`${api}/*`, trackResponses(discord.responses));
  all.use(`${api}/*`, recordTraffic(discord, { prefix: api }));
  all.use(faults.middleware);
  all.route(api, restApi(discord, options));
  all.all("/api/*", (c) => {
    const route = `${c.req.method} ${c.req.path}`;
    discord.notBuilt.add(`the route ${route}`, route);
    return c.json(notServed(route), 404);
  });
  cdnRoutes(all, discord);
  all.route("/client", clientApi(discord, options.log));
  pageRoutes(all);
  return all;
}

/** Discord's other versions of the API that libraries use; without one, it serves its default. */
const OTHER_VERSION = /^\/api(?:\/v9)?(?=\/(?!v\d+(?:\/|$)))/;

/** Returns the path of a request as the routes have it: of version 10, and with the @ of "@me", which some libraries encode. */
function plainPath(path: string, api: string): string {
  return path.replaceAll("%40", "@").replace(OTHER_VERSION, api);
}
