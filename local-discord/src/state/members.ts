import type { APIUser } from "discord-api-types/v10";
import type { Guild } from "./guild.ts";
import type { World } from "./world.ts";
import { people } from "./world.ts";

/** Whether a user is a member of a guild. People, visitors included, are members until they leave or are removed. */
export function isGuildMember({ bot }: Pick<World, "bot">, guild: Guild, userId: string): boolean {
  return userId === bot.id ? guild.botJoinedAt !== null : !guild.absentIds.includes(userId);
}

/** Returns the members of a guild: first the bot if it is one, then the people. */
export function membersOf(world: World, guild: Guild): APIUser[] {
  return [world.bot, ...people(world)].filter(({ id }) => isGuildMember(world, guild, id));
}

/** Returns the bot or the person with this id. */
export function findUser(world: World, id: string): APIUser | undefined {
  return [world.bot, ...people(world)].find((user) => user.id === id);
}
