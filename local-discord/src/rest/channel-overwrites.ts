import { ChannelPermissionOverwriteRequestSchema } from "discord-api-spec/zod";
import type { Context, Hono } from "hono";
import { notInDirectMessages, unknownOverwrite, wrongChannelType } from "../errors.ts";
import { removeOverwrite, setOverwrite } from "../guilds/channels.ts";
import { assertMayOverwrite } from "../guilds/overwrite-rules.ts";
import { channelOrParent, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Channel, Guild } from "../state/guild.ts";
import { chosenOverwrite } from "./overwrite-body.ts";
import { bitsAsNumbers } from "./permission-bits.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** @see https://discord.com/developers/docs/resources/channel#edit-channel-permissions */
export function channelOverwriteRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const path = "/channels/:channel/permissions/:target";
  /** @throws DiscordError 50003 in direct messages, 50024 for a thread */
  function place(c: Context): { guild: Guild; channel: Channel; targetId: string } {
    const id = c.req.param("channel") ?? "";
    if (world.threads.has(id)) throw wrongChannelType();
    const guild = guildOf(world, id);
    const channel = channelOrParent(world, id);
    if (!guild || !channel) throw notInDirectMessages();
    return { guild, channel, targetId: c.req.param("target") ?? "" };
  }
  api.put(path, async (c) => {
    const { guild, channel, targetId } = place(c);
    const json = bitsAsNumbers.safeParse((await requestBody(c)).json).data ?? {};
    const body = validate(ChannelPermissionOverwriteRequestSchema, { ...json, id: targetId });
    const overwrite = chosenOverwrite(guild, body);
    const before = channel.overwrites.filter(({ id }) => id === targetId);
    assertMayOverwrite(world, guild, { channelId: channel.id, before, after: [overwrite] });
    setOverwrite(discord, channel.id, overwrite);
    return c.body(null, 204);
  });
  api.delete(path, (c) => {
    const { guild, channel, targetId } = place(c);
    const before = channel.overwrites.filter(({ id }) => id === targetId);
    assertMayOverwrite(world, guild, { channelId: channel.id, before, after: [] });
    if (before.length === 0) throw unknownOverwrite();
    removeOverwrite(discord, channel.id, targetId);
    return c.body(null, 204);
  });
}
