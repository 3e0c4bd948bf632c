import type { APIMessage } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { guildOf } from "./channels.ts";
import type { Discord } from "./discord.ts";
import type { Guild, World } from "./world.ts";

/** What everyone, the bot too, may do in the guild. */
export const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;

const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n);

/**
 * What an app may do in direct messages with its bot, as `app_permissions` says it:
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
const DIRECT_MESSAGE_PERMISSIONS =
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.UseExternalEmojis;

/**
 * What a member may do in the guild: all, for its owner and administrators; else what everyone may and the member's roles
 * add. https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function permissionsOf(guild: Guild, userId: string): bigint {
  const roles = guild.roles.filter(({ memberIds }) => memberIds.includes(userId));
  const granted = roles.reduce((all, { permissions }) => all | permissions, EVERYONE_PERMISSIONS);
  const everything =
    userId === guild.ownerId ||
    (granted & PermissionFlagsBits.Administrator) === PermissionFlagsBits.Administrator;
  return everything ? ALL_PERMISSIONS : granted;
}

/** As interactions tell it of the bot: what everyone may, less what a test has denied it. */
export function botPermissions(world: World, channelId: string): bigint {
  const channel = guildOf(world, channelId)?.channels.find(({ id }) => id === channelId);
  return channel ? EVERYONE_PERMISSIONS & ~channel.deniedToBot : DIRECT_MESSAGE_PERMISSIONS;
}

/** Whether the bot may do that there with its own token; in direct messages it may. */
export function botHasPermission(world: World, channelId: string, permission: bigint): boolean {
  const direct = guildOf(world, channelId) === undefined;
  return direct || (botPermissions(world, channelId) & permission) !== 0n;
}

/** Whether what this author posts there pings everyone; of people the guild's owner may. */
export function mayMentionEveryone(
  world: World,
  { author, channel_id: channelId }: Pick<APIMessage, "author" | "channel_id">,
): boolean {
  const guild = guildOf(world, channelId);
  const ofPerson = guild ? permissionsOf(guild, author.id) : 0n;
  const held = author.id === world.bot.id ? botPermissions(world, channelId) : ofPerson;
  return (held & PermissionFlagsBits.MentionEveryone) !== 0n;
}

/** Takes these permissions in a guild's channel from the bot, and gives it back all others; the bot is told. */
export function denyBot({ world, events }: Discord, channelId: string, permissions: bigint): void {
  const channel = guildOf(world, channelId)?.channels.find(({ id }) => id === channelId);
  if (!channel) throw new Error(`No guild has a channel ${channelId}.`);
  channel.deniedToBot = permissions;
  events.emit({ t: "CHANNEL_UPDATE", d: { channel_id: channelId } });
}

/** Whether a member with these permissions meets a command's `default_member_permissions`; "0" admits only who may all. */
export function hasRequiredPermissions(permissions: bigint, required: string | null | undefined): boolean {
  if (required === null || required === undefined || permissions === ALL_PERMISSIONS) return true;
  const needed = BigInt(required);
  return needed !== 0n && (permissions & needed) === needed;
}
