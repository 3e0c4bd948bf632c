import type { Hono } from "hono";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { unknownChannel } from "../errors.ts";

/** https://discord.com/developers/docs/resources/channel#get-channel */
export function channelRoutes(api: Hono, { world }: Discord): void {
  api.use("/channels/:channel/*", async (c, next) => {
    if (!channel(world, c.req.param("channel"))) throw unknownChannel();
    await next();
  });
  api.get("/channels/:channel", (c) => c.json(channel(world, c.req.param("channel"))));
}
