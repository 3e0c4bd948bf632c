import { ChannelType, OverwriteType } from "discord-api-types/v10";
import type { Guild, World } from "./world.ts";
import { people } from "./world.ts";

/** The channel as the bot gets it: https://discord.com/developers/docs/resources/channel#channel-object */
export function channel(world: World, id: string) {
  const guild = guildOf(world, id);
  return guild ? guildChannel({ world, guild, id }) : directChannel(world, id);
}

/** The guild that the channel is in; none of direct messages. */
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

/** A person's direct messages with the bot; the bot's own view names the person only. */
function directChannel(world: World, id: string) {
  const recipients = people(world).filter((user) => world.directChannelIds[user.username] === id);
  if (recipients.length === 0) return undefined;
  return { id, type: ChannelType.DM as const, flags: 0, last_message_id: null, recipients };
}

/** Everyone is in the guilds' channels; in direct messages are one person and the bot. */
export function isIn(world: World, userId: string, channelId: string): boolean {
  const found = channel(world, channelId);
  if (found?.type !== ChannelType.DM) return found !== undefined;
  return userId === world.bot.id || found.recipients.some(({ id }) => id === userId);
}
