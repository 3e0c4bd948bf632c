import type { Hono } from "hono";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { botSees } from "../state/visibility.ts";
import { missingAccess, unknownChannel } from "../errors.ts";

/** @see https://discord.com/developers/docs/resources/channel#get-channel */
export function channelRoutes(api: Hono, { world }: Discord): void {
  api.use("/channels/:channel/*", async (c, next) => {
    const id = c.req.param("channel");
    if (!channel(world, id)) throw unknownChannel();
    if (!botSees(world, id)) throw missingAccess();
    await next();
  });
  api.get("/channels/:channel", (c) => c.json(channel(world, c.req.param("channel"))));
}
