import type { Discord } from "../state/discord.ts";
import { type Guild, PLAIN_ROLE, type Role } from "../state/guild.ts";
import { rolesOf } from "../state/guild-payload.ts";

/** What can be chosen about a role. */
export type RoleSettings = Partial<Pick<Role, "name" | "permissions" | "color" | "hoist" | "mentionable">>;

/**
 * Adds a role above @everyone and below all others, and sends the bot GUILD_ROLE_CREATE, and GUILD_ROLE_UPDATE for the roles that
 * it moved up.
 */
export function addRole(discord: Discord, guild: Guild, settings: RoleSettings): Role {
  const before = positions(guild);
  const role: Role = {
    id: discord.nextSnowflake(),
    name: "new role",
    ...PLAIN_ROLE,
    permissions: guild.everyonePermissions,
    ...settings,
    memberIds: [],
    managed: false,
  };
  guild.roles.unshift(role);
  discord.saveGuild(guild);
  emitRole(discord, guild, { t: "GUILD_ROLE_CREATE", roleId: role.id });
  emitMoved(discord, guild, before);
  return role;
}

/** Changes a role, and sends the bot GUILD_ROLE_UPDATE. Of @everyone, only permissions change. */
export function changeRole(discord: Discord, guild: Guild, roleId: string, settings: RoleSettings): void {
  const role = guild.roles.find(({ id }) => id === roleId);
  if (role) Object.assign(role, settings);
  else guild.everyonePermissions = settings.permissions ?? guild.everyonePermissions;
  discord.saveGuild(guild);
  emitRole(discord, guild, { t: "GUILD_ROLE_UPDATE", roleId });
}

/** Deletes a role with its overwrites in channels, and sends the bot GUILD_ROLE_DELETE, and GUILD_ROLE_UPDATE for the roles that move down. */
export function removeRole(discord: Discord, guild: Guild, role: Role): void {
  const before = positions(guild);
  guild.roles.splice(guild.roles.indexOf(role), 1);
  for (const channel of guild.channels) {
    channel.overwrites = channel.overwrites.filter(({ id }) => id !== role.id);
  }
  discord.saveGuild(guild);
  const d = { guild_id: guild.id, role_id: role.id };
  discord.events.emit({ t: "GUILD_ROLE_DELETE", d, guildId: guild.id });
  emitMoved(discord, guild, before);
}

/** Moves roles to positions, of which 1 is the lowest, and sends the bot GUILD_ROLE_UPDATE for each role whose position changed. */
export function moveRoles(discord: Discord, guild: Guild, moves: ReadonlyMap<Role, number>): void {
  const before = positions(guild);
  guild.roles = guild.roles.filter((role) => !moves.has(role));
  for (const [role, position] of [...moves].toSorted(([, a], [, b]) => a - b)) {
    guild.roles.splice(Math.max(position, 1) - 1, 0, role);
  }
  discord.saveGuild(guild);
  emitMoved(discord, guild, before);
}

/** Returns the roles in the order of their positions. */
function positions({ roles }: Guild): readonly string[] {
  return roles.map(({ id }) => id);
}

function emitMoved(discord: Discord, guild: Guild, before: readonly string[]): void {
  for (const [position, { id }] of guild.roles.entries()) {
    const former = before.indexOf(id);
    if (former !== -1 && former !== position)
      emitRole(discord, guild, { t: "GUILD_ROLE_UPDATE", roleId: id });
  }
}

function emitRole(
  { events }: Discord,
  guild: Guild,
  { t, roleId }: { t: "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE"; roleId: string },
): void {
  const role = rolesOf(guild).find(({ id }) => id === roleId);
  events.emit({ t, d: { guild_id: guild.id, role }, guildId: guild.id });
}
