import type { APIMessage } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { channelOrParent, guildOf } from "./channels.ts";
import { type Guild, type Overwrite, settingsOf } from "./guild.ts";
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
  return afterTimeout(world, { guild, userId }, granted(guild, userId));
}

/**
 * Returns the permissions of a guild member in a channel or thread: those in the guild, changed by the overwrites of the channel.
 * For a user with this id who has no role, they are those of @everyone; outside guilds there are none.
 * @see https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function permissionsIn(world: World, channelId: string, userId: string): bigint {
  const guild = guildOf(world, channelId);
  if (!guild) return 0n;
  const held = granted(guild, userId);
  const overwrites = channelOrParent(world, channelId)?.overwrites ?? [];
  const ofRoles = overwrites.filter(({ id }) =>
    guild.roles.some((role) => role.id === id && role.memberIds.includes(userId)),
  );
  const ofOne = (id: string) => overwrites.filter((one) => one.id === id);
  const steps = [ofOne(guild.id), ofRoles, ofOne(userId)];
  const inChannel = held === ALL_PERMISSIONS ? held : steps.reduce(overwritten, held);
  return afterTimeout(world, { guild, userId }, inChannel);
}

/** Returns the permissions after overwrites that count together: what one of them allows, another does not deny. */
function overwritten(permissions: bigint, overwrites: readonly Overwrite[]): bigint {
  const all = (field: "allow" | "deny") => overwrites.reduce((bits, one) => bits | one[field], 0n);
  return (permissions & ~all("deny")) | all("allow");
}

/** Returns what the roles of a member grant: everything to the owner and administrators. */
function granted(guild: Guild, userId: string): bigint {
  const roles = guild.roles.filter(({ memberIds }) => memberIds.includes(userId));
  const bits = roles.reduce((all, { permissions }) => all | permissions, guild.everyonePermissions);
  const everything = userId === guild.ownerId || (bits & PermissionFlagsBits.Administrator) !== 0n;
  return everything ? ALL_PERMISSIONS : bits;
}

/** Returns what a timeout, if there is one, leaves of a member's permissions: two, or everything to the owner and administrators. */
function afterTimeout(
  world: Pick<World, "now">,
  { guild, userId }: { guild: Guild; userId: string },
  permissions: bigint,
): bigint {
  const limited = permissions !== ALL_PERMISSIONS && isTimedOut(world, guild, userId);
  return limited ? permissions & TIMEOUT_PERMISSIONS : permissions;
}

/** Whether a timeout of a member is not over. It has no effect on the owner and administrators. */
export function isTimedOut({ now }: Pick<World, "now">, guild: Guild, userId: string): boolean {
  const { timedOutUntil } = settingsOf(guild, userId);
  return timedOutUntil !== null && timedOutUntil > now();
}

/** Returns the bot's permissions in a channel, as interactions contain them; none while it is not in the guild. */
export function botPermissions(world: World, channelId: string): bigint {
  const guild = guildOf(world, channelId);
  if (!guild) return DIRECT_MESSAGE_PERMISSIONS;
  return guild.botJoinedAt === null ? 0n : permissionsIn(world, channelId, world.bot.id);
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
  return (permissionsIn(world, channelId, userId) & permission) !== 0n;
}

/** Whether @everyone in a message by this author pings; of all people, only the guild's owner may. */
export function mayMentionEveryone(
  world: World,
  { author, channel_id: channelId }: Pick<APIMessage, "author" | "channel_id">,
): boolean {
  const isBot = author.id === world.bot.id;
  const held = isBot ? botPermissions(world, channelId) : permissionsIn(world, channelId, author.id);
  return (held & PermissionFlagsBits.MentionEveryone) !== 0n;
}

/** Whether these permissions include a command's `default_member_permissions`; "0" requires all permissions. */
export function hasRequiredPermissions(permissions: bigint, required: string | null | undefined): boolean {
  if (required === null || required === undefined || permissions === ALL_PERMISSIONS) return true;
  const needed = BigInt(required);
  return needed !== 0n && (permissions & needed) === needed;
}
