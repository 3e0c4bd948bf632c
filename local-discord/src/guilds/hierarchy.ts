import { PermissionFlagsBits } from "discord-api-types/v10";
import { invalidRole, missingPermissions, unknownRole } from "../errors.ts";
import type { Guild, Role } from "../state/guild.ts";
import { permissionsOf } from "../state/permissions.ts";
import type { World } from "../state/world.ts";

/** Returns the position of a member's highest role: 0 for @everyone alone; infinite for the owner. */
function topPosition(guild: Guild, userId: string): number {
  if (userId === guild.ownerId) return Infinity;
  return guild.roles.findLastIndex(({ memberIds }) => memberIds.includes(userId)) + 1;
}

/** @throws DiscordError 50013 unless the bot has a permission in a guild */
export function assertBotMay(world: World, guild: Guild, permission: bigint): void {
  if ((permissionsOf(world, guild, world.bot.id) & permission) === 0n) throw missingPermissions();
}

/**
 * Checks that the bot may change a member: one whose highest role is below its own.
 * @throws DiscordError 50013
 * @see https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
export function assertOutranks({ bot }: World, guild: Guild, userId: string): void {
  if (topPosition(guild, bot.id) <= topPosition(guild, userId)) throw missingPermissions();
}

/** Whether a member has all permissions in a guild. */
export function isAdministrator(world: World, guild: Guild, userId: string): boolean {
  return (permissionsOf(world, guild, userId) & PermissionFlagsBits.Administrator) !== 0n;
}

/**
 * Returns a role that is below the bot's highest role, so that the bot may change it.
 * @throws DiscordError 10011 for an unknown role, 50028 for @everyone, 50013 for a role that is not below
 */
export function manageableRole({ bot }: World, guild: Guild, roleId: string): Role {
  if (roleId === guild.id) throw invalidRole();
  const position = guild.roles.findIndex(({ id }) => id === roleId);
  const role = guild.roles[position];
  if (!role) throw unknownRole();
  if (position + 1 >= topPosition(guild, bot.id)) throw missingPermissions();
  return role;
}

/**
 * Returns a role that the bot may give and take.
 * @throws DiscordError as manageableRole; 50028 for a role that Discord manages
 */
export function assignableRole(world: World, guild: Guild, roleId: string): Role {
  const role = manageableRole(world, guild, roleId);
  if (role.managed) throw invalidRole();
  return role;
}

/**
 * Checks that the bot has all of the permissions that it wants to give to a role, or take from it.
 * @throws DiscordError 50013
 */
export function assertMayGrant(world: World, guild: Guild, permissions: bigint): void {
  if ((permissions & ~permissionsOf(world, guild, world.bot.id)) !== 0n) throw missingPermissions();
}
