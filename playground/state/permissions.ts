import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Guild } from "./world.ts";

/** What everyone, the bot too, may do in the guild. */
export const everyonePermissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;

const allPermissions = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n);

/**
 * What an app may do in direct messages with its bot, as `app_permissions` says it:
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
export const directPermissions =
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
  const granted = roles.reduce((all, { permissions }) => all | permissions, everyonePermissions);
  const everything =
    userId === guild.ownerId ||
    (granted & PermissionFlagsBits.Administrator) === PermissionFlagsBits.Administrator;
  return everything ? allPermissions : granted;
}

/** Whether a member with these permissions meets a command's `default_member_permissions`; "0" admits only who may all. */
export function meets(permissions: bigint, required: string | null | undefined): boolean {
  if (required === null || required === undefined || permissions === allPermissions) return true;
  const needed = BigInt(required);
  return needed !== 0n && (permissions & needed) === needed;
}
