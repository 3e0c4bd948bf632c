import type { APIGuildMember, APIUser, ChannelType } from "discord-api-types/v10";
import { GuildMemberFlags } from "discord-api-types/v10";
import { snowflakeTime } from "./snowflake.ts";

/** A role of a guild, besides @everyone. */
export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  memberIds: string[];
  /** Whether it is the role of the bot, its only member, which Discord creates with the permissions that the bot asks for. */
  managed: boolean;
}

/** A channel of a guild. */
export interface Channel {
  id: string;
  name: string;
  type: ChannelType.GuildText | ChannelType.GuildForum;
  /** Whether the channel is age-restricted. */
  nsfw: boolean;
  /** Place in the list of the guild's channels, from 0. */
  position: number;
  /** Permissions that a test has denied the bot in this channel. */
  deniedToBot: bigint;
}

/** A guild. Its people stay when the bot is removed. */
export interface Guild {
  id: string;
  name: string;
  preferredLocale: string;
  ownerId: string;
  roles: Role[];
  channels: Channel[];
  /** Time at which the bot was added, in milliseconds since 1970; null while it is not a member. */
  botJoinedAt: number | null;
}

/** @see https://discord.com/developers/docs/resources/guild#guild-member-object */
export function member(guild: Guild, user: APIUser): APIGuildMember {
  return {
    user,
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    roles: guild.roles.filter(({ memberIds }) => memberIds.includes(user.id)).map(({ id }) => id),
    joined_at: new Date(joinedAt(guild, user)).toISOString(),
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

/** People have been members from the beginning. */
function joinedAt(guild: Guild, { bot }: APIUser): number {
  return (bot ? guild.botJoinedAt : null) ?? snowflakeTime(guild.id);
}
