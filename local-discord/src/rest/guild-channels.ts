import {
  CreateGuildChannelRequestSchema,
  UpdateGuildChannelRequestPartialSchema,
} from "discord-api-spec/zod";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod/mini";
import { missingPermissions, notInDirectMessages, tooManyChannels, unknownChannel } from "../errors.ts";
import { addChannel, changeChannel, removeChannel } from "../guilds/channels.ts";
import { assertBotMay } from "../guilds/hierarchy.ts";
import { assertMayOverwrite } from "../guilds/overwrite-rules.ts";
import { channel, channelOrParent, guildChannel, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Guild } from "../state/guild.ts";
import { botHasPermission } from "../state/permissions.ts";
import { botGuild } from "./bot-guild.ts";
import { assertCategory, channelJson, channelSettings, typeOfNew } from "./channel-body.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const { ManageChannels } = PermissionFlagsBits;

const MAX_CHANNELS = 500;

// Discord publishes no schema for this.
const moves = z.array(
  z.object({
    id: z.string(),
    position: z.nullish(z.int().check(z.gte(0))),
    parent_id: z.nullish(z.string()),
    lock_permissions: z.nullish(z.boolean()),
  }),
);

/** @see https://discord.com/developers/docs/resources/guild#create-guild-channel */
export function guildChannelRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const path = "/guilds/:guild/channels";
  api.get(path, (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    return c.json(guild.channels.map((one) => guildChannel(guild, one)));
  });
  api.post(path, async (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    assertBotMay(world, guild, ManageChannels);
    const body = validate(CreateGuildChannelRequestSchema, channelJson((await requestBody(c)).json));
    const type = typeOfNew(body);
    const settings = channelSettings(guild, { type }, body);
    if (settings.overwrites) {
      assertMayOverwrite(world, guild, {
        channelId: settings.parentId,
        before: [],
        after: settings.overwrites,
      });
    }
    if (guild.channels.length >= MAX_CHANNELS) throw tooManyChannels();
    const created = addChannel(discord, guild, { ...settings, name: body.name, type });
    return c.json(guildChannel(guild, created), 201);
  });
  api.patch(path, async (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    assertBotMay(world, guild, ManageChannels);
    move(discord, guild, validate(moves, (await requestBody(c)).json));
    return c.body(null, 204);
  });
  const one = "/channels/:channel";
  api.patch(one, async (c) => {
    const id = c.req.param("channel");
    const guild = guildOf(world, id);
    const before = channelOrParent(world, id);
    if (!guild || !before) throw notInDirectMessages();
    if (!botHasPermission(world, id, ManageChannels)) throw missingPermissions();
    const body = validate(UpdateGuildChannelRequestPartialSchema, channelJson((await requestBody(c)).json));
    const settings = channelSettings(guild, before, body);
    if (settings.overwrites) {
      const { overwrites } = before;
      assertMayOverwrite(world, guild, { channelId: id, before: overwrites, after: settings.overwrites });
    }
    return c.json(guildChannel(guild, changeChannel(discord, id, settings)));
  });
  api.delete(one, (c) => {
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
 * Moves channels to positions and categories. With `lock_permissions`, a channel gets the overwrites of its new category.
 * @throws DiscordError 10003 for an unknown channel, 50035 for an invalid category; then no channel is moved
 */
function move(discord: Discord, guild: Guild, asked: z.infer<typeof moves>): void {
  const found = asked.map(({ id, parent_id: parentId, ...how }) => {
    const moved = guild.channels.find((one) => one.id === id);
    if (!moved) throw unknownChannel();
    if (parentId && parentId !== moved.parentId) assertCategory(guild, moved, parentId);
    return { id, parentId, ...how };
  });
  for (const { id, position, parentId, lock_permissions: locks } of found) {
    const category = guild.channels.find((one) => one.id === parentId);
    changeChannel(discord, id, {
      ...(typeof position === "number" ? { position } : {}),
      ...(parentId === undefined ? {} : { parentId }),
      ...(locks === true && category ? { overwrites: category.overwrites } : {}),
    });
  }
}
