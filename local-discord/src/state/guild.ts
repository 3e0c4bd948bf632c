import type { APIGuildMember, APIUser, ChannelType, OverwriteType } from "discord-api-types/v10";
import { GuildMemberFlags, PermissionFlagsBits } from "discord-api-types/v10";
import { snowflakeTime } from "./snowflake.ts";

/** Permissions that a new guild gives @everyone, and so also the bot. */
export const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.CreatePrivateThreads |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ChangeNickname |
  PermissionFlagsBits.AddReactions;

/** A role of a guild, besides @everyone. */
export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  memberIds: string[];
  /** RGB; 0 for none. */
  color: number;
  /** Whether its members are listed apart. */
  hoist: boolean;
  mentionable: boolean;
  /** Whether it is the role of the bot, its only member, which Discord creates with the permissions that the bot asks for. */
  managed: boolean;
}

/** Permissions that a role or a member has in a channel, or lacks there, other than in the guild. */
export interface Overwrite {
  /** Id of the role or user; that of the guild for @everyone. */
  id: string;
  type: OverwriteType;
  allow: bigint;
  deny: bigint;
}

/** A channel of a guild. */
export interface Channel {
  id: string;
  name: string;
  type: ChannelType.GuildText | ChannelType.GuildCategory | ChannelType.GuildForum;
  /** Whether the channel is age-restricted. */
  nsfw: boolean;
  /** Place in the list of the channels, from 0. Channels with the same position are in the order of their ids. */
  position: number;
  topic: string | null;
  /** Id of its category; null for none. */
  parentId: string | null;
  /** Seconds between messages of a person (slow mode); 0 for none. */
  rateLimitPerUser: number;
  overwrites: Overwrite[];
}

/** What a channel has unless that is changed. */
export const PLAIN_CHANNEL = { nsfw: false, topic: null, parentId: null, rateLimitPerUser: 0 } as const;

/** What was changed in a guild, as fields of Discord's guild object. */
export type GuildSettings = Partial<{
  name: string;
  preferred_locale: string;
  description: string | null;
  verification_level: number;
  default_message_notifications: number;
  explicit_content_filter: number;
  afk_timeout: number;
  system_channel_id: string | null;
  system_channel_flags: number;
  premium_progress_bar_enabled: boolean;
}>;

/** What was changed about a member. */
export interface MemberSettings {
  nick: string | null;
  /** End of a timeout in milliseconds since 1970, which may be over; null for none. */
  timedOutUntil: number | null;
  /** Time of a later join than that of the guild's first members, in milliseconds since 1970; null for none. */
  joinedAt: number | null;
}

/** A user who cannot join a guild. */
export interface Ban {
  userId: string;
  reason: string | null;
}

/** A guild. Its people stay when the bot is removed. */
export interface Guild {
  id: string;
  name: string;
  preferredLocale: string;
  ownerId: string;
  /** Permissions of the role @everyone. */
  everyonePermissions: bigint;
  /** The other roles, the lowest first. */
  roles: Role[];
  settings: GuildSettings;
  /** By user id, what was changed about members. */
  memberSettings: Record<string, MemberSettings>;
  /** Ids of people who left, or were removed. */
  absentIds: string[];
  bans: Ban[];
  channels: Channel[];
  /** Time at which the bot was added, in milliseconds since 1970; null while it is not a member. */
  botJoinedAt: number | null;
}

/** What a guild has before anything is changed in it. */
export function unchangedGuild(): Pick<
  Guild,
  "everyonePermissions" | "settings" | "memberSettings" | "absentIds" | "bans"
> {
  return {
    everyonePermissions: EVERYONE_PERMISSIONS,
    settings: {},
    memberSettings: {},
    absentIds: [],
    bans: [],
  };
}

/** How a role looks unless that is changed. */
export const PLAIN_ROLE = { color: 0, hoist: false, mentionable: false } as const;

/** @see https://discord.com/developers/docs/resources/guild#guild-member-object */
export function member(guild: Guild, user: APIUser): APIGuildMember {
  const { nick, timedOutUntil } = settingsOf(guild, user.id);
  return {
    user,
    nick,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: timedOutUntil === null ? null : new Date(timedOutUntil).toISOString(),
    pending: false,
    roles: guild.roles.filter(({ memberIds }) => memberIds.includes(user.id)).map(({ id }) => id),
    joined_at: new Date(joinedAt(guild, user)).toISOString(),
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

/** Returns what was changed about a member. */
export function settingsOf({ memberSettings }: Guild, userId: string): MemberSettings {
  return memberSettings[userId] ?? { nick: null, timedOutUntil: null, joinedAt: null };
}

/** People have been members from the beginning, unless they left and joined again. */
function joinedAt(guild: Guild, { id, bot }: APIUser): number {
  return (bot ? guild.botJoinedAt : settingsOf(guild, id).joinedAt) ?? snowflakeTime(guild.id);
}
