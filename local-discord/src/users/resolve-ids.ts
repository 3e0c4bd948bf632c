import type { APIUser } from "discord-api-types/v10";
import { channel, guildOf } from "../state/channels.ts";
import { type Guild, member } from "../state/guild.ts";
import { rolesOf } from "../state/guild-payload.ts";
import { botPermissions, permissionsIn } from "../state/permissions.ts";
import { findUser, isGuildMember } from "../state/members.ts";
import type { World } from "../state/world.ts";
import type { Invocation } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";

type Where = Pick<Invocation, "user" | "channelId">;

/** What a person chose in options or select menus, by id. */
export interface ChosenIds {
  users?: readonly string[];
  roles?: readonly string[];
  channels?: readonly string[];
  /** Ids of users or roles. */
  mentionables?: readonly string[];
}

/**
 * Returns the users, members, roles and channels with these ids, as an interaction contains them; without those of which none is
 * chosen.
 * @throws NotAllowedError for unknown ids, and for roles and channels outside the guild of the interaction
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 */
export function resolveIds(world: World, where: Where, ids: ChosenIds) {
  const guild = guildOf(world, where.channelId);
  const { users: userIds = [], roles: roleIds = [], channels: channelIds = [], mentionables = [] } = ids;
  const isRole = (id: string) => guild !== undefined && rolesOf(guild).some((role) => role.id === id);
  const users = [...userIds, ...mentionables.filter((id) => !isRole(id))].map((id) =>
    existingUser(world, id),
  );
  const roles = [...roleIds, ...mentionables.filter(isRole)].map((id) => findRole(guild, id));
  const channels = channelIds.map((id) => findChannel(world, where, id));
  const members = guild
    ? users
        .filter(({ id }) => isGuildMember(world, guild, id))
        .map((user) => [user.id, asMember(world, guild, user, where)])
    : [];
  return {
    ...(users.length > 0 ? { users: byId(users) } : {}),
    ...(members.length > 0 ? { members: Object.fromEntries(members) } : {}),
    ...(roles.length > 0 ? { roles: byId(roles) } : {}),
    ...(channels.length > 0 ? { channels: byId(channels) } : {}),
  };
}

function byId<T extends { id: string }>(things: readonly T[]): Record<string, T> {
  return Object.fromEntries(things.map((thing) => [thing.id, thing]));
}

function existingUser(world: World, id: string): APIUser {
  const user = findUser(world, id);
  if (!user) throw new NotAllowedError(`There is no user ${id}.`);
  return user;
}

function findRole(guild: Guild | undefined, id: string) {
  const role = guild && rolesOf(guild).find((candidate) => candidate.id === id);
  if (!role) throw new NotAllowedError(`There is no role ${id} here.`);
  return role;
}

function asMember(world: World, guild: Guild, user: APIUser, { channelId }: Where) {
  const { user: _, deaf: _deaf, mute: _mute, ...rest } = member(guild, user);
  const permissions =
    user.id === world.bot.id ? botPermissions(world, channelId) : permissionsIn(world, channelId, user.id);
  return { ...rest, permissions: String(permissions) };
}

/** Finds a channel of the guild in which the interaction takes place. */
function findChannel(world: World, { user, channelId }: Where, id: string) {
  const guild = guildOf(world, channelId);
  const found = guild && guildOf(world, id) === guild ? channel(world, id) : undefined;
  if (!guild || !found) throw new NotAllowedError(`There is no channel ${id} here.`);
  return { ...found, permissions: String(permissionsIn(world, id, user.id)) };
}
