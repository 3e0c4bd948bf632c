import { ChannelType, OverwriteType } from "discord-api-types/v10";
import type { Channel, Guild } from "./guild.ts";
import { threadChannel } from "./thread.ts";
import type { World } from "./world.ts";
import { people } from "./world.ts";

/**
 * Returns the channel as the bot gets it.
 * @see https://discord.com/developers/docs/resources/channel#channel-object
 */
export function channel(world: World, id: string) {
  const thread = world.threads.get(id);
  if (thread) return threadChannel(world, thread);
  const guild = guildOf(world, id);
  const found = channelOrParent(world, id);
  return guild && found ? guildChannel(world, guild, found) : directChannel(world, id);
}

/** Returns a channel of a guild, or the parent of a thread, which decides its permissions and its age restriction. */
export function channelOrParent(world: World, id: string): Channel | undefined {
  const own = parentOrSelf(world, id);
  return world.guilds.flatMap(({ channels }) => channels).find((channel) => channel.id === own);
}

/** Returns the id of a thread's parent, and that of any other channel itself. */
function parentOrSelf({ threads }: World, id: string): string {
  return threads.get(id)?.parent_id ?? id;
}

/** Returns the guild of a channel or thread; undefined for direct messages. */
export function guildOf(world: World, channelId: string): Guild | undefined {
  const own = parentOrSelf(world, channelId);
  return world.guilds.find(({ channels }) => channels.some(({ id }) => id === own));
}

/** Whether a channel is of one of these types. Without types, any channel is. */
export function hasAcceptedType(world: World, id: string, types: readonly ChannelType[] = []): boolean {
  const type = channel(world, id)?.type;
  return types.length === 0 || types.some((accepted) => accepted === type);
}

/** Returns a channel of a guild as the bot gets it. */
export function guildChannel({ bot }: World, guild: Guild, { deniedToBot, ...channel }: Channel) {
  const overwrite = { id: bot.id, type: OverwriteType.Member, allow: "0", deny: String(deniedToBot) };
  return {
    ...channel,
    guild_id: guild.id,
    permission_overwrites: deniedToBot === 0n ? [] : [overwrite],
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    flags: 0,
  };
}

/** Returns the channel of a person's direct messages with the bot. Its recipients, as the bot sees them, are that person. */
function directChannel(world: World, id: string) {
  const recipients = people(world).filter((user) => world.directChannelIds[user.username] === id);
  if (recipients.length === 0) return undefined;
  return { id, type: ChannelType.DM as const, flags: 0, last_message_id: null, recipients };
}
