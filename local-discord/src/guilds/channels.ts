import { isDeepStrictEqual } from "node:util";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { deleteMessagesIn } from "../messages/delete.ts";
import { guildChannel, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { type Channel, type Guild, type Overwrite, PLAIN_CHANNEL } from "../state/guild.ts";
import { botHasPermission } from "../state/permissions.ts";
import { threadsBelow } from "../state/thread.ts";
import { removeThread } from "../threads/remove-thread.ts";

/** What can be chosen about a channel. */
export type ChannelSettings = Partial<
  Pick<Channel, "nsfw" | "topic" | "parentId" | "rateLimitPerUser" | "position" | "overwrites">
> & {
  /** 1 to 100 characters. Except that of a category, it is stored in lower case, with dashes for spaces. */
  name?: string;
};

/** The settings of a new channel. */
export interface NewChannel extends ChannelSettings {
  name: string;
  /** Default: a text channel. */
  type?: Channel["type"] | undefined;
}

/**
 * Adds a channel, and sends the bot CHANNEL_CREATE. By default, it comes to the end of the guild's list, and has the overwrites of its
 * category.
 * @throws Error for an invalid name
 */
export function addChannel(
  discord: Discord,
  guild: Guild,
  { name, type = ChannelType.GuildText, ...settings }: NewChannel,
): Channel {
  const category = guild.channels.find(({ id }) => id === settings.parentId);
  const created: Channel = {
    id: discord.nextSnowflake(),
    name: storedName(name, type),
    type,
    ...PLAIN_CHANNEL,
    position: Math.max(-1, ...guild.channels.map((other) => other.position)) + 1,
    overwrites: category?.overwrites ?? [],
    ...settings,
  };
  guild.channels.push(created);
  changed(discord, guild, { t: "CHANNEL_CREATE", channel: created });
  return created;
}

/**
 * Changes a channel, and sends the bot CHANNEL_UPDATE if that changes anything.
 * @throws Error for an unknown channel or an invalid name
 */
export function changeChannel(
  discord: Discord,
  channelId: string,
  { name, ...settings }: ChannelSettings,
): Channel {
  const { guild, channel } = findChannel(discord, channelId);
  const views = () => botHasPermission(discord.world, channelId, PermissionFlagsBits.ViewChannel);
  const viewedBefore = views();
  const before = { ...channel };
  Object.assign(channel, settings, name === undefined ? {} : { name: storedName(name, channel.type) });
  if (isDeepStrictEqual(channel, before)) return channel;
  changed(discord, guild, { t: "CHANNEL_UPDATE", channel });
  if (!viewedBefore && views()) discord.events.emit({ t: "THREAD_LIST_SYNC", d: { channel_id: channelId } });
  return channel;
}

/** Sets the overwrite of a role or member in a channel, and sends the bot CHANNEL_UPDATE. One that changes nothing is kept, too. */
export function setOverwrite(discord: Discord, channelId: string, overwrite: Overwrite): void {
  const { overwrites } = findChannel(discord, channelId).channel;
  const at = overwrites.findIndex(({ id }) => id === overwrite.id);
  const changed = at === -1 ? [...overwrites, overwrite] : overwrites.with(at, overwrite);
  changeChannel(discord, channelId, { overwrites: changed });
}

/** Removes the overwrite of a role or member in a channel, if there is one, and sends the bot CHANNEL_UPDATE. */
export function removeOverwrite(discord: Discord, channelId: string, targetId: string): void {
  const { overwrites } = findChannel(discord, channelId).channel;
  changeChannel(discord, channelId, { overwrites: overwrites.filter(({ id }) => id !== targetId) });
}

/**
 * Deletes a channel with its threads, messages and their files, and sends the bot THREAD_DELETE and CHANNEL_DELETE. The channels of a
 * category stay, without a category.
 * @throws Error for an unknown channel
 */
export function removeChannel(discord: Discord, channelId: string): Channel {
  const { guild, channel } = findChannel(discord, channelId);
  for (const thread of threadsBelow(discord.world, channelId)) removeThread(discord, thread.id);
  deleteMessagesIn(discord, channelId);
  guild.channels.splice(guild.channels.indexOf(channel), 1);
  changed(discord, guild, { t: "CHANNEL_DELETE", channel });
  const below = guild.channels.filter(({ parentId }) => parentId === channelId);
  for (const { id } of below) changeChannel(discord, id, { parentId: null });
  return channel;
}

function changed(
  { saveGuild, events }: Discord,
  guild: Guild,
  { t, channel }: { t: "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE"; channel: Channel },
): void {
  saveGuild(guild);
  events.emit({ t, d: guildChannel(guild, channel), guildId: guild.id });
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
function storedName(name: string, type: Channel["type"]): string {
  const trimmed = name.trim();
  const isCategory = type === ChannelType.GuildCategory;
  const stored = isCategory ? trimmed : trimmed.toLowerCase().replaceAll(/\s+/g, "-");
  if (stored.length >= 1 && stored.length <= MAX_NAME_LENGTH) return stored;
  throw new Error(
    `The name of a channel has 1 to ${MAX_NAME_LENGTH} characters, and this has ${stored.length}.`,
  );
}
