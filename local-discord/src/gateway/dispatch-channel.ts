import { GatewayIntentBits } from "discord-api-types/v10";
import { guildOf } from "../state/channels.ts";
import type { ChannelEvent } from "../state/events.ts";
import type { World } from "../state/world.ts";
import type { Recipient } from "./session.ts";

const {
  DirectMessageReactions,
  DirectMessages,
  DirectMessageTyping,
  GuildMessageReactions,
  GuildMessages,
  GuildMessageTyping,
  Guilds,
} = GatewayIntentBits;

/**
 * The intents that events about a channel need, in a guild and in direct messages.
 * @see https://discord.com/developers/docs/events/gateway#list-of-intents
 */
const INTENTS: Record<ChannelEvent["t"], readonly [inGuild: number, direct: number]> = {
  MESSAGE_REACTION_ADD: [GuildMessageReactions, DirectMessageReactions],
  MESSAGE_REACTION_REMOVE: [GuildMessageReactions, DirectMessageReactions],
  MESSAGE_REACTION_REMOVE_ALL: [GuildMessageReactions, DirectMessageReactions],
  MESSAGE_REACTION_REMOVE_EMOJI: [GuildMessageReactions, DirectMessageReactions],
  MESSAGE_DELETE_BULK: [GuildMessages, DirectMessages],
  CHANNEL_PINS_UPDATE: [Guilds, DirectMessages],
  TYPING_START: [GuildMessageTyping, DirectMessageTyping],
};

/** Whether an event is about what happens in a channel, besides single messages. */
export function isChannelEvent(event: { t: string }): event is ChannelEvent {
  return event.t in INTENTS;
}

/** Sends a session what happens in a channel that the bot sees, if its intents ask for it. */
export function dispatchChannelEvent(world: World, session: Recipient, { t, d }: ChannelEvent): void {
  const guild = guildOf(world, d.channel_id);
  const [inGuild, direct] = INTENTS[t];
  if ((session.intents & (guild ? inGuild : direct)) === 0) return;
  session.dispatch(t, { ...d, ...(guild ? { guild_id: guild.id } : {}) });
}
