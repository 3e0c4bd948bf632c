import type { APIOverwrite } from "discord-api-types/v10";
import { ChannelType } from "discord-api-types/v10";
import type { Channel, Guild, Overwrite } from "./guild.ts";
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
  return guild && found ? guildChannel(guild, found) : directChannel(world, id);
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
export function guildChannel(
  guild: Guild,
  { parentId, overwrites, rateLimitPerUser, topic, ...channel }: Channel,
) {
  const own = {
    ...channel,
    guild_id: guild.id,
    permission_overwrites: overwrites.map(apiOverwrite),
    parent_id: parentId,
    flags: 0,
  };
  if (channel.type === ChannelType.GuildCategory) return own;
  return { ...own, topic, last_message_id: null, rate_limit_per_user: rateLimitPerUser };
}

function apiOverwrite({ id, type, allow, deny }: Overwrite): APIOverwrite {
  return { id, type, allow: String(allow), deny: String(deny) };
}

/** Returns the channels as people see them listed: first those without a category, then each category with its channels. */
export function listedChannels({ channels }: Pick<Guild, "channels">): Channel[] {
  const sorted = channels.toSorted(
    (a, b) => a.position - b.position || (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
  );
  const below = (category: string | null) =>
    sorted.filter((one) => !isCategory(one) && one.parentId === category);
  const inCategories = sorted.filter(isCategory).flatMap((category) => [[category], below(category.id)]);
  return [below(null), ...inCategories].flat();
}

export function isCategory({ type }: Pick<Channel, "type">): boolean {
  return type === ChannelType.GuildCategory;
}

/** Returns the id of the first text channel in the list of a guild; "" if it has none. */
export function firstChannelId(guild: Guild): string {
  return listedChannels(guild).find(({ type }) => type === ChannelType.GuildText)?.id ?? "";
}

/** Returns the channel of a person's direct messages with the bot. Its recipients, as the bot sees them, are that person. */
function directChannel(world: World, id: string) {
  const recipients = people(world).filter((user) => world.directChannelIds[user.username] === id);
  if (recipients.length === 0) return undefined;
  return { id, type: ChannelType.DM as const, flags: 0, last_message_id: null, recipients };
}
