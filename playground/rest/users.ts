import type { Hono } from "hono";
import type { Discord } from "../state/discord.ts";

/** https://discord.com/developers/docs/resources/user */
export function userRoutes(api: Hono, { world }: Discord): void {
  api.get("/users/@me", (c) => c.json(world.bot));
}
