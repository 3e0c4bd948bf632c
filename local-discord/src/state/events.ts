import type { APIApplicationCommand, APIMessage, APIUser } from "discord-api-types/v10";
import type { ClientModal } from "../client-protocol.ts";
import type { Interaction } from "./interactions.ts";
import type { Emoji } from "./reactions.ts";
import type { Thread } from "./thread.ts";

/** A change of a thread, which is given as it is afterwards. Ids are those of users. */
export type ThreadEvent =
  | { t: "THREAD_CREATE" | "THREAD_DELETE"; thread: Thread }
  | { t: "THREAD_UPDATE"; thread: Thread; unarchived: boolean }
  | {
      t: "THREAD_MEMBERS_UPDATE";
      thread: Thread;
      added: readonly string[];
      removed: readonly string[];
      /** Whether the thread was created with the added members. */
      created: boolean;
    };

/** What happens in a channel, besides single messages. `d` is what the bot gets, which also gets the id of the guild. */
export type ChannelEvent =
  | {
      t:
        | "MESSAGE_REACTION_ADD"
        | "MESSAGE_REACTION_REMOVE"
        | "MESSAGE_REACTION_REMOVE_ALL"
        | "MESSAGE_REACTION_REMOVE_EMOJI";
      d: { channel_id: string; message_id: string; emoji?: Emoji; user_id?: string };
    }
  | { t: "MESSAGE_DELETE_BULK"; d: { channel_id: string; ids: readonly string[] } }
  /** The time at which the newest pinned message was pinned, in ISO 8601. */
  | { t: "CHANNEL_PINS_UPDATE"; d: { channel_id: string; last_pin_timestamp: string | null } }
  | { t: "TYPING_START"; d: { channel_id: string; user_id: string } };

/** An event in the local Discord. Gateway sessions, pages and waiting tests subscribe to them. */
export type LocalDiscordEvent =
  | ThreadEvent
  | ChannelEvent
  | { t: "MESSAGE_CREATE" | "MESSAGE_UPDATE"; d: APIMessage; viewer: string | null }
  | { t: "MESSAGE_DELETE"; d: { id: string; channel_id: string }; viewer: string | null }
  | { t: "COMMANDS_UPDATE"; d: APIApplicationCommand[] }
  /** The bot can view a channel again. */
  | { t: "THREAD_LIST_SYNC"; d: { channel_id: string } }
  /** Events about a guild. `d` is what the bot gets, except that it gets the whole guild in GUILD_CREATE. */
  | { t: "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE"; d: { id: string }; guildId: string }
  | { t: "GUILD_CREATE" | "GUILD_UPDATE" | "GUILD_DELETE"; d: { id: string }; guildId: string }
  | { t: "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" | "GUILD_ROLE_DELETE"; d: object; guildId: string }
  | {
      t: "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE";
      d: object;
      guildId: string;
      userId: string;
    }
  | { t: "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE"; d: object; guildId: string }
  /** The bot has changed its own user. */
  | { t: "USER_UPDATE"; d: APIUser }
  | { t: "BOT_STATUS"; d: { online: boolean } }
  | { t: "INTERACTION_CREATE"; d: { channel_id: string }; interaction: Interaction }
  | { t: "MODAL_CREATE"; d: { interaction: Interaction; modal: ClientModal } }
  /** The bot has suggested the interaction's choices. */
  | { t: "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE"; d: Interaction }
  | { t: "INTERACTION_SUCCESS" | "INTERACTION_FAILURE"; d: Interaction };

export interface Events {
  emit(event: LocalDiscordEvent): void;
  /** Returns a function that unsubscribes. */
  subscribe(listener: (event: LocalDiscordEvent) => void): () => void;
}

export function events(): Events {
  const listeners = new Set<(event: LocalDiscordEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
