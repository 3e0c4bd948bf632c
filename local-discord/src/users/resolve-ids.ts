import type { APIUser } from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { channel, guildOf } from "../state/channels.ts";
import { member } from "../state/guild.ts";
import { botPermissions, permissionsOf } from "../state/permissions.ts";
import type { Guild, World } from "../state/world.ts";
import { people } from "../state/world.ts";
import type { ChosenOption, OptionValue } from "./command-options.ts";
import type { Invocation } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";

type Where = Pick<Invocation, "user" | "channelId">;

/**
 * Returns the users, members and channels whose ids are the values of options, as an interaction contains them.
 * @throws NotAllowedError for unknown ids
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 */
export function resolveIds(world: World, where: Where, chosen: readonly ChosenOption[]) {
  const guild = guildOf(world, where.channelId);
  const users = chosen.flatMap(({ option, value }) =>
    option.type === ApplicationCommandOptionType.User ? [findUser(world, idOf(value))] : [],
  );
  const channels = chosen.flatMap((one) =>
    one.option.type === ApplicationCommandOptionType.Channel ? [findChannel(world, where, one)] : [],
  );
  const members = guild ? users.map((user) => [user.id, asMember(world, guild, user, where)]) : [];
  return {
    ...(users.length > 0 ? { users: Object.fromEntries(users.map((user) => [user.id, user])) } : {}),
    ...(members.length > 0 ? { members: Object.fromEntries(members) } : {}),
    ...(channels.length > 0 ? { channels: Object.fromEntries(channels.map((one) => [one.id, one])) } : {}),
  };
}

function findUser(world: World, id: string): APIUser {
  const user = [...people(world), world.bot].find((candidate) => candidate.id === id);
  if (!user) throw new NotAllowedError(`There is no user ${id}.`);
  return user;
}

function asMember(world: World, guild: Guild, user: APIUser, { channelId }: Where) {
  const { user: _, deaf: _deaf, mute: _mute, ...rest } = member(guild, user);
  const permissions =
    user.id === world.bot.id ? botPermissions(world, channelId) : permissionsOf(guild, user.id);
  return { ...rest, permissions: String(permissions) };
}

function idOf(value: OptionValue): string {
  return typeof value === "string" ? value : "";
}

/** Finds a channel of the guild in which the command is used, of a type that the option accepts. */
function findChannel(world: World, { user, channelId }: Where, { option, value }: ChosenOption) {
  const guild = guildOf(world, channelId);
  const id = idOf(value);
  const found = guild && guildOf(world, id) === guild ? channel(world, id) : undefined;
  if (!guild || !found) throw new NotAllowedError(`There is no channel ${id} here.`);
  const kinds: readonly number[] = ("channel_types" in option && option.channel_types) || [found.type];
  if (!kinds.includes(found.type)) {
    throw new NotAllowedError(`The option "${option.name}" does not accept this type of channel.`);
  }
  return { ...found, permissions: String(permissionsOf(guild, user.id)) };
}
