import type { APIGuildMember, APIUser } from "discord-api-types/v10";
import { ChannelType, GuildMemberFlags, PermissionFlagsBits } from "discord-api-types/v10";
import { snowflakeTime } from "./snowflake.ts";
import type { World } from "./world.ts";
import { people } from "./world.ts";

/** What people and the bot may do in the channel; no one manages other people's messages. */
export const permissions = String(
  PermissionFlagsBits.ViewChannel |
    PermissionFlagsBits.SendMessages |
    PermissionFlagsBits.EmbedLinks |
    PermissionFlagsBits.AttachFiles |
    PermissionFlagsBits.ReadMessageHistory |
    PermissionFlagsBits.UseApplicationCommands,
);

export function member(world: World, user: APIUser): APIGuildMember {
  return {
    user,
    roles: [],
    joined_at: new Date(snowflakeTime(world.guild.id)).toISOString(),
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

export function channel({ guild, channels }: World, id: string) {
  const found = channels.find((candidate) => candidate.id === id);
  if (!found) return undefined;
  return {
    ...found,
    type: ChannelType.GuildText as const,
    guild_id: guild.id,
    position: channels.indexOf(found),
    permission_overwrites: [],
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

/** The GUILD_CREATE that follows READY: https://discord.com/developers/docs/events/gateway-events#guild-create */
export function guildCreate(world: World): object {
  const { guild, channels, bot } = world;
  const members = [bot, ...people(world)].map((user) => member(world, user));
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.preferredLocale,
    joined_at: new Date(snowflakeTime(guild.id)).toISOString(),
    members,
    member_count: members.length,
    channels: channels.map(({ id }) => channel(world, id)),
    roles: [everyone(guild.id)],
    large: false,
    unavailable: false,
    features: [],
    icon: null,
    splash: null,
    emojis: [],
    stickers: [],
    voice_states: [],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    system_channel_id: null,
    system_channel_flags: 0,
    afk_channel_id: null,
    afk_timeout: 300,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    verification_level: 0,
  };
}

/** The role that everyone has; its id is the guild's. */
function everyone(guildId: string) {
  return {
    id: guildId,
    name: "@everyone",
    permissions,
    color: 0,
    position: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}
