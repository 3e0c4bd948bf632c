import type { ClientEvent } from "../client-protocol.ts";
import type { Discord } from "../state/discord.ts";
import type { ChannelEvent } from "../state/events.ts";
import { reactionsFor } from "../state/reactions.ts";
import { isIn } from "../state/visibility.ts";

/** Returns the events that the page of a person gets about what happens in a channel, besides single messages. */
export function seenInChannel(discord: Discord, userId: string, event: ChannelEvent): ClientEvent[] {
  const { channel_id } = event.d;
  if (!isIn(discord.world, userId, channel_id)) return [];
  switch (event.t) {
    case "TYPING_START": {
      const { user_id } = event.d;
      return user_id === userId ? [] : [{ t: event.t, d: { channel_id, user_id } }];
    }
    case "MESSAGE_DELETE_BULK":
      return event.d.ids.map((id) => ({ t: "MESSAGE_DELETE", d: { id, channel_id } }));
    case "CHANNEL_PINS_UPDATE":
      // The page knows it from MESSAGE_UPDATE.
      return [];
    case "MESSAGE_REACTION_ADD":
    case "MESSAGE_REACTION_REMOVE":
    case "MESSAGE_REACTION_REMOVE_ALL":
    case "MESSAGE_REACTION_REMOVE_EMOJI": {
      const { message_id: id } = event.d;
      const reactions = reactionsFor(discord.messages.find(id)?.reactions ?? [], userId);
      return [{ t: "MESSAGE_REACTIONS", d: { id, channel_id, reactions } }];
    }
  }
}
