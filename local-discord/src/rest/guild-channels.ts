import { CreateGuildChannelRequestSchema } from "discord-api-spec/zod";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import type { RESTPostAPIGuildChannelJSONBody } from "discord-api-types/v10";
import type { Hono } from "hono";
import { badName, missingPermissions, notBuilt } from "../errors.ts";
import { addChannel, type NewChannel, removeChannel } from "../guilds/channels.ts";
import { assertBotMay } from "../guilds/hierarchy.ts";
import { channel, guildChannel, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { botHasPermission } from "../state/permissions.ts";
import { botGuild } from "./bot-guild.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const { ManageChannels } = PermissionFlagsBits;

/** @see https://discord.com/developers/docs/resources/guild#create-guild-channel */
export function guildChannelRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const path = "/guilds/:guild/channels";
  api.get(path, (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    return c.json(guild.channels.map((one) => guildChannel(world, guild, one)));
  });
  api.post(path, async (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    assertBotMay(world, guild, ManageChannels);
    const body = validate(CreateGuildChannelRequestSchema, (await requestBody(c)).json);
    return c.json(guildChannel(world, guild, addChannel(discord, guild, newChannel(body))), 201);
  });
  api.delete("/channels/:channel", (c) => {
    const id = c.req.param("channel");
    const deleted = channel(world, id);
    // Direct messages are closed for the bot alone, and open with the next message.
    if (!guildOf(world, id)) return c.json(deleted);
    if (!botHasPermission(world, id, ManageChannels)) throw missingPermissions();
    removeChannel(discord, id);
    return c.json(deleted);
  });
}

/**
 * Returns what a body says about a new channel.
 * @throws DiscordError 404 for types and fields that are not built; 50035 for a name of spaces
 */
function newChannel({ name, type, nsfw, ...others }: RESTPostAPIGuildChannelJSONBody): NewChannel {
  const kind = type ?? ChannelType.GuildText;
  if (kind !== ChannelType.GuildText && kind !== ChannelType.GuildForum)
    throw notBuilt(`channels of type ${kind} (${ChannelType[kind]})`);
  const [field] = Object.entries(others).find(([, value]) => value !== undefined && value !== null) ?? [];
  if (field !== undefined) throw notBuilt(`the field ${field} of channels`);
  if (name.trim() === "") throw badName();
  return { name, type: kind, nsfw };
}
