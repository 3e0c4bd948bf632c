import { GuildPatchRequestPartialSchema } from "discord-api-spec/zod";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import type { Hono } from "hono";
import { invalidForm, notBuilt } from "../errors.ts";
import { assertBotMay } from "../guilds/hierarchy.ts";
import type { Discord } from "../state/discord.ts";
import type { Guild, GuildSettings } from "../state/guild.ts";
import { guildFields } from "../state/guild-payload.ts";
import { membersOf } from "../state/members.ts";
import { botGuild } from "./bot-guild.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** Fields that can be changed, with the value that null means. */
const DEFAULTS: Required<GuildSettings> = {
  name: "",
  preferred_locale: "en-US",
  description: null,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  premium_progress_bar_enabled: false,
};

/** @see https://discord.com/developers/docs/resources/guild#get-guild */
export function guildRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  api.get("/guilds/:guild", (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    const count = membersOf(world, guild).length;
    const counts = { approximate_member_count: count, approximate_presence_count: count };
    return c.json({ ...guildFields(guild), ...(c.req.query("with_counts") === "true" ? counts : {}) });
  });
  api.patch("/guilds/:guild", async (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    assertBotMay(world, guild, PermissionFlagsBits.ManageGuild);
    const body = validate(GuildPatchRequestPartialSchema, (await requestBody(c)).json);
    changeGuild(discord, guild, chosenSettings(guild, body));
    return c.json(guildFields(guild));
  });
}

/**
 * Returns the settings that a body changes.
 * @throws DiscordError 404 for fields that are not built; 50035 for a channel of system messages that is no text channel here
 */
function chosenSettings(guild: Guild, body: object): GuildSettings {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULTS));
  // Discord has not used the region of a guild since 2021.
  const given = Object.entries(body).filter(([field, value]) => value !== undefined && field !== "region");
  const [unknown] = given.find(([field, value]) => !defaults.has(field) && value !== null) ?? [];
  if (unknown !== undefined) throw notBuilt(`the field ${unknown} of guilds`);
  const known = given.filter(([field]) => defaults.has(field));
  const chosen: GuildSettings = Object.fromEntries(
    known.map(([field, value]) => [field, value ?? defaults.get(field)]),
  );
  const { system_channel_id: channelId } = chosen;
  const isText = guild.channels.some(({ id, type }) => id === channelId && type === ChannelType.GuildText);
  if (channelId && !isText) {
    const message = `Value "${channelId}" is not a text channel of this server.`;
    throw invalidForm([{ path: ["system_channel_id"], code: "CHANNEL_INVALID", message }]);
  }
  return chosen;
}

/** Changes a guild, and sends the bot GUILD_UPDATE. */
function changeGuild({ saveGuild, events }: Discord, guild: Guild, settings: GuildSettings): void {
  guild.settings = { ...guild.settings, ...settings };
  guild.name = guild.settings.name ?? guild.name;
  guild.preferredLocale = guild.settings.preferred_locale ?? guild.preferredLocale;
  saveGuild(guild);
  events.emit({ t: "GUILD_UPDATE", d: guildFields(guild), guildId: guild.id });
}
