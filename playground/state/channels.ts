import { ChannelType } from "discord-api-types/v10";
import type { World } from "./world.ts";
import { people } from "./world.ts";

/** The channel as the bot gets it: https://discord.com/developers/docs/resources/channel#channel-object */
export function channel(world: World, id: string) {
  return guildChannel(world, id) ?? directChannel(world, id);
}

export function guildChannel({ guild, channels }: World, id: string) {
  const found = channels.find((candidate) => candidate.id === id);
  if (!found) return undefined;
  return {
    ...found,
    type: ChannelType.GuildText as const,
    guild_id: guild.id,
    position: channels.indexOf(found),
    permission_overwrites: [],
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

/** A person's direct messages with the bot; the bot's own view names the person only. */
function directChannel(world: World, id: string) {
  const recipients = people(world).filter((user) => world.directChannelIds[user.username] === id);
  if (recipients.length === 0) return undefined;
  return { id, type: ChannelType.DM as const, flags: 0, last_message_id: null, recipients };
}

export function isDirect(world: World, channelId: string): boolean {
  return Object.values(world.directChannelIds).includes(channelId);
}

/** Everyone is in the guild's channels; in direct messages are one person and the bot. */
export function isIn(world: World, userId: string, channelId: string): boolean {
  const found = channel(world, channelId);
  if (found?.type !== ChannelType.DM) return found !== undefined;
  return userId === world.bot.id || found.recipients.some(({ id }) => id === userId);
}
