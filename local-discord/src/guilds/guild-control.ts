import { OverwriteType } from "discord-api-types/v10";
import type { ClientChannel } from "../client-protocol.ts";
import type { Discord } from "../state/discord.ts";
import type { Guild } from "../state/guild.ts";
import { channelSummary } from "../state/guild-payload.ts";
import { addBot, removeBot } from "./bot-membership.ts";
import {
  addChannel,
  changeChannel,
  type ChannelSettings,
  type NewChannel,
  removeChannel,
  removeOverwrite,
  setOverwrite,
} from "./channels.ts";

/** Lets a test change guilds, as people with all permissions do. The bot and the pages get the events. */
export interface GuildControl {
  /**
   * Creates a channel, by default at the end of a guild's list.
   * @param channel with the id of its guild; default: the first guild
   * @throws Error for an unknown guild or an invalid name
   */
  createChannel(channel: NewChannel & { guildId?: string }): ClientChannel;
  /** @throws Error for an unknown channel or an invalid name */
  editChannel(channelId: string, changes: ChannelSettings): ClientChannel;
  /**
   * Deletes a channel with its messages and their files.
   * @throws Error for an unknown channel
   */
  deleteChannel(channelId: string): void;
  /**
   * Denies the bot these permissions in a guild channel by an overwrite for it, in place of an earlier one.
   * @param permissions bits of Discord's PermissionFlagsBits
   * @throws Error for an unknown channel
   */
  denyBot(channelId: string, permissions: bigint): void;
  /**
   * Adds the bot to a guild from which it was removed.
   * @param options `permissions`: bits that the bot gets there in addition to those of @everyone; default none
   * @throws Error for an unknown guild, and for one that the bot is in
   */
  addBot(guildId: string, options?: { permissions?: bigint }): void;
  /**
   * Removes the bot from a guild. The people stay, without its commands.
   * @throws Error for an unknown guild, and for one that the bot is not in
   */
  removeBot(guildId: string): void;
}

export function guildControl(discord: Discord): GuildControl {
  const [{ id: firstGuildId }] = discord.world.guilds;
  function guild(id: string): Guild {
    const found = discord.world.guilds.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`There is no guild ${id}.`);
    return found;
  }
  return {
    createChannel: ({ guildId = firstGuildId, ...channel }) =>
      channelSummary(discord.world, addChannel(discord, guild(guildId), channel)),
    editChannel: (channelId, changes) =>
      channelSummary(discord.world, changeChannel(discord, channelId, changes)),
    deleteChannel: (channelId) => void removeChannel(discord, channelId),
    denyBot(channelId, deny) {
      const { id } = discord.world.bot;
      if (deny === 0n) removeOverwrite(discord, channelId, id);
      else setOverwrite(discord, channelId, { id, type: OverwriteType.Member, allow: 0n, deny });
    },
    addBot: (guildId, { permissions = 0n } = {}) => addBot(discord, guild(guildId), permissions),
    removeBot: (guildId) => removeBot(discord, guild(guildId)),
  };
}
