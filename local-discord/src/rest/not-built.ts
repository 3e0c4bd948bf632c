import type { Hono } from "hono";
import { notBuilt } from "../errors.ts";

/** Routes of channels that are not built, and what they are for. */
const NOT_BUILT = {
  "/messages/:id/crosspost": "announcement channels",
  "/polls/*": "polls",
  "/webhooks": "webhooks of channels",
  "/invites": "invites",
};

/** Refuses routes by the name of their feature. It comes before the routes of messages, which would take "pins" for an id. */
export function notBuiltRoutes(api: Hono): void {
  for (const [path, feature] of Object.entries(NOT_BUILT)) {
    api.all(`/channels/:channel${path}`, () => {
      throw notBuilt(feature);
    });
  }
}
