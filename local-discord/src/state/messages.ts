import type { APIMessage, APIUser } from "discord-api-types/v10";
import { MessageType } from "discord-api-types/v10";
import { z } from "zod";
import { unknownMessage } from "../errors.ts";
import type { Events } from "./events.ts";
import type { Journal } from "./journal.ts";
import { type Reaction, reactionSchema, reactionsFor } from "./reactions.ts";
import { threadChannel } from "./thread.ts";
import type { World } from "./world.ts";

/** Checks no more than the id of a message, because only this module writes it to the journal. */
const storedRecord = z.object({
  message: z.custom<APIMessage>((value) => z.object({ id: z.string() }).safeParse(value).success),
  /** Id of the one person who sees the message if it is ephemeral. */
  viewer: z.string().nullable(),
  // The defaults are for journals of earlier versions.
  reactions: z.array(reactionSchema).default([]),
  /** Time at which the message was pinned, in ISO 8601; null if it is not pinned. */
  pinnedAt: z.string().nullable().default(null),
});

/** A message, and what else is known about it. */
type MessageRecord = z.infer<typeof storedRecord>;

/**
 * All messages. Each is returned with its reactions as the bot gets them, and with the current state of the message it replies to, or
 * null if that was deleted, and of the thread that was created from it.
 */
export interface Messages {
  /** Adds a message, and returns it with the message it replies to. */
  add(record: Pick<MessageRecord, "message" | "viewer">): APIMessage;
  /** Replaces the message with the same id, and returns it with the message it replies to. */
  replace(message: APIMessage): APIMessage;
  remove(id: string): void;
  /** Removes those of these messages that are in the channel and everybody sees, and returns them. */
  removeMany(channelId: string, ids: readonly string[]): APIMessage[];
  /** Replaces the reactions of a message without an event. */
  setReactions(id: string, reactions: readonly Reaction[]): void;
  /** Pins a message at a time in ISO 8601, or unpins it with null. */
  setPinned(id: string, at: string | null): void;
  /** Removes all messages of a channel without events, and returns them. */
  removeChannel(channelId: string): APIMessage[];
  /** @throws DiscordError 10008 for an unknown message */
  get(id: string): MessageRecord;
  find(id: string): MessageRecord | undefined;
  /** Returns all messages, oldest first. */
  all(): MessageRecord[];
}

const KEY_PREFIX = "message:";

export function messages(journal: Journal, { events, world }: { events: Events; world: World }): Messages {
  const records = restore(journal, world.cdn);
  const whole = (record: MessageRecord) => {
    const { message, ...rest } = withThread(withReferenced(record, records), world);
    return { message: withState(message, rest, world.bot), ...rest };
  };
  function get(id: string): MessageRecord {
    const record = find(id);
    if (!record) throw unknownMessage();
    return record;
  }
  function find(id: string): MessageRecord | undefined {
    const record = records.get(id);
    return record && whole(record);
  }
  /** Stores a message without the message it replies to and its thread, which can change or be deleted. */
  function put({ message: given, ...rest }: MessageRecord): APIMessage {
    const { referenced_message: _, thread: _thread, reactions: _reactions, ...message } = given;
    journal.put(KEY_PREFIX + message.id, { message, ...rest });
    records.set(message.id, { message, ...rest });
    return get(message.id).message;
  }
  function erase(id: string): void {
    records.delete(id);
    journal.put(KEY_PREFIX + id, null);
  }
  return {
    add(record) {
      const added = put({ reactions: [], pinnedAt: null, ...record });
      events.emit({ t: "MESSAGE_CREATE", d: added, viewer: record.viewer });
      return added;
    },
    replace(message) {
      const before = get(message.id);
      const replaced = put({ ...before, message });
      events.emit({ t: "MESSAGE_UPDATE", d: replaced, viewer: before.viewer });
      return replaced;
    },
    setReactions(id, reactions) {
      put({ ...get(id), reactions: [...reactions] });
    },
    setPinned(id, pinnedAt) {
      const before = get(id);
      const d = put({ ...before, pinnedAt });
      events.emit({ t: "MESSAGE_UPDATE", d, viewer: before.viewer });
    },
    removeMany(channelId, ids) {
      const found = ids.flatMap((id) => {
        const record = records.get(id);
        return record?.viewer === null && record.message.channel_id === channelId ? [record.message] : [];
      });
      for (const { id } of found) erase(id);
      const d = { ids: found.map(({ id }) => id), channel_id: channelId };
      if (found.length > 0) events.emit({ t: "MESSAGE_DELETE_BULK", d });
      return found;
    },
    remove(id) {
      const { message, viewer } = get(id);
      erase(id);
      events.emit({ t: "MESSAGE_DELETE", d: { id, channel_id: message.channel_id }, viewer });
    },
    removeChannel(channelId) {
      const there = [...records.values()].flatMap(({ message }) =>
        message.channel_id === channelId ? [message] : [],
      );
      for (const { id } of there) erase(id);
      return there;
    },
    get,
    find,
    all: () => [...records.values()].map(whole),
  };
}

/**
 * Adds the message that a message replies to. An ephemeral one is left out, and not null, which would mean "deleted", unless
 * the reply is for the same person.
 * @see https://discord.com/developers/docs/resources/message#message-object
 */
function withReferenced(record: MessageRecord, records: ReadonlyMap<string, MessageRecord>): MessageRecord {
  const { message, viewer } = record;
  const to = message.message_reference?.message_id;
  if (to === undefined || message.type === MessageType.ChannelPinnedMessage) return record;
  const referenced = records.get(to);
  if (referenced && referenced.viewer !== null && referenced.viewer !== viewer) return record;
  return { ...record, message: { ...message, referenced_message: referenced?.message ?? null } };
}

/** Adds the thread that was created from a message. It has the id of the message. */
function withThread(record: MessageRecord, world: World): MessageRecord {
  const { message } = record;
  const thread = world.threads.get(message.id);
  if (thread?.parent_id !== message.channel_id) return record;
  return { ...record, message: { ...message, thread: threadChannel(world, thread) } };
}

/** Adds the reactions and the pin as the bot gets them, and its own name and avatar of now. */
function withState(
  message: APIMessage,
  { reactions, pinnedAt }: Pick<MessageRecord, "reactions" | "pinnedAt">,
  bot: APIUser,
): APIMessage {
  return {
    ...message,
    ...(message.author.id === bot.id ? { author: bot } : {}),
    pinned: pinnedAt !== null,
    ...(reactions.length > 0 ? { reactions: reactionsFor(reactions, bot.id) } : {}),
  };
}

function restore(journal: Journal, cdn: string): Map<string, MessageRecord> {
  const records = new Map<string, MessageRecord>();
  for (const [key, value] of journal.restored) {
    if (!key.startsWith(KEY_PREFIX)) continue;
    const record = moved(value, cdn);
    records.set(record.message.id, record);
  }
  return records;
}

/** Replaces the origin in stored URLs of attachments, because the port may differ from the last run's. */
function moved(value: unknown, cdn: string): MessageRecord {
  const text = JSON.stringify(value);
  const addresses = /http:\/\/127\.0\.0\.1:\d+(?=\/(?:ephemeral-)?attachments\/)/g;
  return storedRecord.parse(JSON.parse(text.replaceAll(addresses, cdn)));
}
