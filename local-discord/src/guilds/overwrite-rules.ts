import { isDeepStrictEqual } from "node:util";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions } from "../errors.ts";
import { channelOrParent } from "../state/channels.ts";
import type { Guild, Overwrite } from "../state/guild.ts";
import { permissionsIn, permissionsOf } from "../state/permissions.ts";
import type { World } from "../state/world.ts";

const { ManageRoles } = PermissionFlagsBits;

interface OverwriteChange {
  /** The channel, or the category of a new channel; null or undefined for none. */
  channelId: string | null | undefined;
  before: readonly Overwrite[];
  after: readonly Overwrite[];
}

/**
 * Checks that the bot may change overwrites: with Manage Roles, and only permissions that it has itself in the guild or the channel,
 * unless an overwrite of the channel gives it Manage Roles.
 * @throws DiscordError 50013
 * @see https://discord.com/developers/docs/resources/channel#edit-channel-permissions
 */
export function assertMayOverwrite(
  world: World,
  guild: Guild,
  { channelId, before, after }: OverwriteChange,
): void {
  const { bot } = world;
  const inGuild = permissionsOf(world, guild, bot.id);
  const inChannel = channelId ? permissionsIn(world, channelId, bot.id) : inGuild;
  if ((inChannel & ManageRoles) === 0n) throw missingPermissions();
  const given = channelId ? (channelOrParent(world, channelId)?.overwrites ?? []) : [];
  const isOwn = ({ id }: Overwrite) =>
    id === bot.id || guild.roles.some((role) => role.id === id && role.memberIds.includes(bot.id));
  if (given.some((one) => isOwn(one) && (one.allow & ManageRoles) !== 0n)) return;
  const changed = changedBits(before, after);
  if ((changed & ~(inGuild | inChannel)) !== 0n) throw missingPermissions();
}

/** Returns the permissions that some overwrite allows or denies differently afterwards. */
function changedBits(before: readonly Overwrite[], after: readonly Overwrite[]): bigint {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].reduce((bits, id) => {
    const [one, other] = [before, after].map((list) => list.find((candidate) => candidate.id === id));
    if (isDeepStrictEqual(one, other)) return bits;
    const { allow = 0n, deny = 0n } = one ?? {};
    return bits | (allow ^ (other?.allow ?? 0n)) | (deny ^ (other?.deny ?? 0n));
  }, 0n);
}
