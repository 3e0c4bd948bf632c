import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { deleteMessagesIn } from "../messages/delete.ts";
import { guildChannel, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Channel, Guild } from "../state/guild.ts";
import { botHasPermission } from "../state/permissions.ts";
import { threadsBelow } from "../state/thread.ts";
import { removeThread } from "../threads/remove-thread.ts";

/** The settings of a new channel. */
export interface NewChannel {
  /** 1 to 100 characters. It is stored in lower case, with dashes for spaces. */
  name: string;
  /** Default: a text channel. */
  type?: Channel["type"] | undefined;
  /** Whether it is age-restricted; default false. */
  nsfw?: boolean | undefined;
}

/**
 * Adds a channel to the end of the guild's list, and sends the bot CHANNEL_CREATE.
 * @throws Error for an invalid name
 */
export function addChannel(
  discord: Discord,
  guild: Guild,
  { name, type = ChannelType.GuildText, nsfw = false }: NewChannel,
): Channel {
  const id = discord.nextSnowflake();
  const position = Math.max(-1, ...guild.channels.map((other) => other.position)) + 1;
  const created = { id, name: storedName(name), type, nsfw, position, deniedToBot: 0n };
  guild.channels.push(created);
  changed(discord, guild, { t: "CHANNEL_CREATE", channel: created });
  return created;
}

/**
 * Changes a channel, and sends the bot CHANNEL_UPDATE.
 * @throws Error for an unknown channel or an invalid name
 */
export function changeChannel(
  discord: Discord,
  channelId: string,
  { name, nsfw, deniedToBot }: Partial<Pick<Channel, "name" | "nsfw" | "deniedToBot">>,
): Channel {
  const { guild, channel } = findChannel(discord, channelId);
  const views = () => botHasPermission(discord.world, channelId, PermissionFlagsBits.ViewChannel);
  const viewedBefore = views();
  if (name !== undefined) channel.name = storedName(name);
  if (nsfw !== undefined) channel.nsfw = nsfw;
  if (deniedToBot !== undefined) channel.deniedToBot = deniedToBot;
  changed(discord, guild, { t: "CHANNEL_UPDATE", channel });
  if (!viewedBefore && views()) discord.events.emit({ t: "THREAD_LIST_SYNC", d: { channel_id: channelId } });
  return channel;
}

/**
 * Deletes a channel with its threads, messages and their files, and sends the bot THREAD_DELETE and CHANNEL_DELETE.
 * @throws Error for an unknown channel
 */
export function removeChannel(discord: Discord, channelId: string): Channel {
  const { guild, channel } = findChannel(discord, channelId);
  for (const thread of threadsBelow(discord.world, channelId)) removeThread(discord, thread.id);
  deleteMessagesIn(discord, channelId);
  guild.channels.splice(guild.channels.indexOf(channel), 1);
  changed(discord, guild, { t: "CHANNEL_DELETE", channel });
  return channel;
}

function changed(
  { world, saveGuild, events }: Discord,
  guild: Guild,
  { t, channel }: { t: "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE"; channel: Channel },
): void {
  saveGuild(guild);
  events.emit({ t, d: guildChannel(world, guild, channel), guildId: guild.id });
}

/** @throws Error for a channel that is not in a guild */
function findChannel({ world }: Discord, id: string): { guild: Guild; channel: Channel } {
  const guild = guildOf(world, id);
  const channel = guild?.channels.find((candidate) => candidate.id === id);
  if (guild && channel) return { guild, channel };
  throw new Error(`No guild has a channel ${id}.`);
}

/** @see https://discord.com/developers/docs/resources/channel#channel-object-channel-structure */
const MAX_NAME_LENGTH = 100;

/** Returns a name as Discord stores it. @throws Error for an empty or too long name */
function storedName(name: string): string {
  const stored = name.trim().toLowerCase().replaceAll(/\s+/g, "-");
  if (stored.length >= 1 && stored.length <= MAX_NAME_LENGTH) return stored;
  throw new Error(
    `The name of a channel has 1 to ${MAX_NAME_LENGTH} characters, and this has ${stored.length}.`,
  );
}
