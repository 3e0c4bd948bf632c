import type { APIMessage } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { channelOrParent, guildOf } from "./channels.ts";
import { type Guild, settingsOf } from "./guild.ts";
import type { World } from "./world.ts";

const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n);

/**
 * The `app_permissions` of an app in direct messages with its bot.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
const DIRECT_MESSAGE_PERMISSIONS =
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.UseExternalEmojis;

/** The permissions that a timeout leaves. */
const TIMEOUT_PERMISSIONS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/**
 * Returns the permissions of a guild member: all for the owner and administrators, else those of @everyone and of the
 * member's roles, of which a timeout leaves two.
 * @see https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members
 */
export function permissionsOf(world: Pick<World, "now">, guild: Guild, userId: string): bigint {
  const roles = guild.roles.filter(({ memberIds }) => memberIds.includes(userId));
  const granted = roles.reduce((all, { permissions }) => all | permissions, guild.everyonePermissions);
  const everything =
    userId === guild.ownerId ||
    (granted & PermissionFlagsBits.Administrator) === PermissionFlagsBits.Administrator;
  if (everything) return ALL_PERMISSIONS;
  return isTimedOut(world, guild, userId) ? granted & TIMEOUT_PERMISSIONS : granted;
}

/** Whether a timeout of a member is not over. It has no effect on the owner and administrators. */
export function isTimedOut({ now }: Pick<World, "now">, guild: Guild, userId: string): boolean {
  const { timedOutUntil } = settingsOf(guild, userId);
  return timedOutUntil !== null && timedOutUntil > now();
}

/**
 * Returns the bot's permissions in a channel, as interactions contain them: without those that a test denied, unless it is an
 * administrator; none while it is not in the guild.
 */
export function botPermissions(world: World, channelId: string): bigint {
  const guild = guildOf(world, channelId);
  if (!guild) return DIRECT_MESSAGE_PERMISSIONS;
  if (guild.botJoinedAt === null) return 0n;
  const held = permissionsOf(world, guild, world.bot.id);
  const denied = channelOrParent(world, channelId)?.deniedToBot ?? 0n;
  return held === ALL_PERMISSIONS ? held : held & ~denied;
}

/** Whether the bot has a permission for requests with its own token; in direct messages it has all. */
export function botHasPermission(world: World, channelId: string, permission: bigint): boolean {
  const direct = guildOf(world, channelId) === undefined;
  return direct || (botPermissions(world, channelId) & permission) !== 0n;
}

/** Whether a user, who can be the bot, has a permission in a channel of a guild. */
export function hasPermission(
  world: World,
  { userId, channelId }: { userId: string; channelId: string },
  permission: bigint,
): boolean {
  if (userId === world.bot.id) return botHasPermission(world, channelId, permission);
  const guild = guildOf(world, channelId);
  return guild !== undefined && (permissionsOf(world, guild, userId) & permission) !== 0n;
}

/** Whether @everyone in a message by this author pings; of all people, only the guild's owner may. */
export function mayMentionEveryone(
  world: World,
  { author, channel_id: channelId }: Pick<APIMessage, "author" | "channel_id">,
): boolean {
  const guild = guildOf(world, channelId);
  const ofPerson = guild ? permissionsOf(world, guild, author.id) : 0n;
  const held = author.id === world.bot.id ? botPermissions(world, channelId) : ofPerson;
  return (held & PermissionFlagsBits.MentionEveryone) !== 0n;
}

/** Whether these permissions include a command's `default_member_permissions`; "0" requires all permissions. */
export function hasRequiredPermissions(permissions: bigint, required: string | null | undefined): boolean {
  if (required === null || required === undefined || permissions === ALL_PERMISSIONS) return true;
  const needed = BigInt(required);
  return needed !== 0n && (permissions & needed) === needed;
}
