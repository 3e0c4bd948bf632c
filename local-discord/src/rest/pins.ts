import type { Context, Hono } from "hono";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { z } from "zod/mini";
import { type Pin, pinMessage, pinsIn, unpinMessage } from "../messages/pins.ts";
import type { Discord } from "../state/discord.ts";
import { botHasPermission } from "../state/permissions.ts";
import { messageIn } from "./messages.ts";
import { validate } from "./validate.ts";

const MAX_LISTED = 50;

const query = z.object({
  before: z.optional(z.string().check(z.iso.datetime({ offset: true }))),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(MAX_LISTED))),
});

/** @see https://discord.com/developers/docs/resources/message#get-channel-pins */
export function pinRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const pins = (channelId: string): Pin[] => {
    const may = botHasPermission(world, channelId, PermissionFlagsBits.ReadMessageHistory);
    return may ? pinsIn(discord, channelId) : [];
  };
  api.get("/channels/:channel/messages/pins", (c) => {
    const { before, limit = MAX_LISTED } = validate(query, c.req.query());
    const earlier = pins(c.req.param("channel")).filter(
      ({ pinned_at: at }) => before === undefined || Date.parse(at) < Date.parse(before),
    );
    return c.json({ items: earlier.slice(0, limit), has_more: earlier.length > limit });
  });
  // The older routes, which Discord still serves.
  api.get("/channels/:channel/pins", (c) =>
    c.json(
      pins(c.req.param("channel"))
        .slice(0, MAX_LISTED)
        .map(({ message }) => message),
    ),
  );
  const target = (c: Context) => ({
    message: messageIn(discord, c.req.param("channel") ?? "", c.req.param("id") ?? ""),
    by: world.bot,
  });
  for (const path of ["/channels/:channel/messages/pins/:id", "/channels/:channel/pins/:id"]) {
    api.put(path, (c) => {
      pinMessage(discord, target(c));
      return c.body(null, 204);
    });
    api.delete(path, (c) => {
      unpinMessage(discord, target(c));
      return c.body(null, 204);
    });
  }
}
