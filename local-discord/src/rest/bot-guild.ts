import { missingAccess, unknownGuild } from "../errors.ts";
import type { Guild } from "../state/guild.ts";
import type { World } from "../state/world.ts";

/**
 * Returns a guild that the bot is in.
 * @throws DiscordError 10004 for an unknown guild, 50001 for another one
 */
export function botGuild({ guilds }: World, guildId: string): Guild {
  const guild = guilds.find(({ id }) => id === guildId);
  if (!guild) throw unknownGuild();
  if (guild.botJoinedAt === null) throw missingAccess();
  return guild;
}
