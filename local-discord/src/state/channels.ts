import { ChannelType, OverwriteType } from "discord-api-types/v10";
import type { Guild, World } from "./world.ts";
import { people } from "./world.ts";

/**
 * Returns the channel as the bot gets it.
 * @see https://discord.com/developers/docs/resources/channel#channel-object
 */
export function channel(world: World, id: string) {
  const guild = guildOf(world, id);
  return guild ? guildChannel({ world, guild, id }) : directChannel(world, id);
}

/** Returns the guild of a channel; undefined for direct messages. */
export function guildOf({ guilds }: World, channelId: string): Guild | undefined {
  return guilds.find(({ channels }) => channels.some(({ id }) => id === channelId));
}

export function guildChannel({ world, guild, id }: { world: World; guild: Guild; id: string }) {
  const { id: guild_id, channels } = guild;
  const position = channels.findIndex((candidate) => candidate.id === id);
  const deny = channels[position]?.deniedToBot ?? 0n;
  const overwrite = { id: world.bot.id, type: OverwriteType.Member, allow: "0", deny: String(deny) };
  return {
    id,
    name: channels[position]?.name ?? "",
    type: ChannelType.GuildText as const,
    guild_id,
    position,
    permission_overwrites: deny === 0n ? [] : [overwrite],
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

/** Returns the channel of a person's direct messages with the bot. Its recipients, as the bot sees them, are that person. */
function directChannel(world: World, id: string) {
  const recipients = people(world).filter((user) => world.directChannelIds[user.username] === id);
  if (recipients.length === 0) return undefined;
  return { id, type: ChannelType.DM as const, flags: 0, last_message_id: null, recipients };
}

/** Whether a user is in a channel: everyone is in guild channels, one person and the bot are in direct messages. */
export function isIn(world: World, userId: string, channelId: string): boolean {
  const found = channel(world, channelId);
  if (found?.type !== ChannelType.DM) return found !== undefined;
  return userId === world.bot.id || found.recipients.some(({ id }) => id === userId);
}
