import type { Discord } from "../state/discord.ts";
import { type Guild, PLAIN_ROLE } from "../state/guild.ts";
import { threadsOf } from "../state/thread.ts";
import { forgetMember } from "./forget-member.ts";

/**
 * Adds the bot to a guild, and sends it GUILD_CREATE.
 * @param permissions bits that the bot has there in addition to those of @everyone: a role of the bot's name grants them
 * @throws Error if the bot is in the guild
 */
export function addBot(discord: Discord, guild: Guild, permissions: bigint): void {
  const { world, nextSnowflake, stamp } = discord;
  if (guild.botJoinedAt !== null) throw new Error(`The bot is already in the guild ${guild.id}.`);
  guild.botJoinedAt = stamp();
  if (permissions !== 0n) {
    const { id: botId, username: name } = world.bot;
    const role = { id: nextSnowflake(), name, permissions, memberIds: [botId], managed: true };
    guild.roles.push({ ...PLAIN_ROLE, ...role });
  }
  changed(discord, guild, "GUILD_CREATE");
}

/**
 * Removes the bot from a guild and its threads, and its role, and sends it GUILD_DELETE.
 * @throws Error if the bot is not in the guild
 */
export function removeBot(discord: Discord, guild: Guild): void {
  if (guild.botJoinedAt === null) throw new Error(`The bot is not in the guild ${guild.id}.`);
  guild.botJoinedAt = null;
  const { threads, world } = discord;
  guild.roles = guild.roles.filter(({ managed }) => !managed);
  forgetMember(guild, world.bot.id);
  for (const thread of threadsOf(world, guild)) threads.removeMember(thread.id, world.bot.id);
  changed(discord, guild, "GUILD_DELETE");
}

function changed({ saveGuild, events }: Discord, guild: Guild, t: "GUILD_CREATE" | "GUILD_DELETE"): void {
  saveGuild(guild);
  events.emit({ t, d: { id: guild.id }, guildId: guild.id });
}
