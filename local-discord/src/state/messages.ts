import type { APIMessage } from "discord-api-types/v10";
import { z } from "zod";
import { unknownMessage } from "../errors.ts";
import type { Events } from "./events.ts";
import type { Journal } from "./journal.ts";
import { threadChannel } from "./thread.ts";
import type { World } from "./world.ts";

/** Checks no more than the id of a message, because only this module writes it to the journal. */
const storedRecord = z.object({
  message: z.custom<APIMessage>((value) => z.object({ id: z.string() }).safeParse(value).success),
  viewer: z.string().nullable(),
});

/** A message, and the id of the one person who sees it if it is ephemeral. */
type MessageRecord = z.infer<typeof storedRecord>;

/**
 * All messages. Each is returned with the current state of the message it replies to, or null if that was deleted, and of the
 * thread that was created from it.
 */
export interface Messages {
  /** Adds a message, and returns it with the message it replies to. */
  add(record: MessageRecord): APIMessage;
  /** Replaces the message with the same id, and returns it with the message it replies to. */
  replace(message: APIMessage): APIMessage;
  remove(id: string): void;
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
  const whole = (record: MessageRecord) => withThread(withReferenced(record, records), world);
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
  function put({ message: given, viewer }: MessageRecord): APIMessage {
    const { referenced_message: _, thread: _thread, ...message } = given;
    journal.put(KEY_PREFIX + message.id, { message, viewer });
    records.set(message.id, { message, viewer });
    return get(message.id).message;
  }
  function erase(id: string): void {
    records.delete(id);
    journal.put(KEY_PREFIX + id, null);
  }
  return {
    add(record) {
      const added = put(record);
      events.emit({ t: "MESSAGE_CREATE", d: added, viewer: record.viewer });
      return added;
    },
    replace(message) {
      const { viewer } = get(message.id);
      const replaced = put({ message, viewer });
      events.emit({ t: "MESSAGE_UPDATE", d: replaced, viewer });
      return replaced;
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
function withReferenced(
  { message, viewer }: MessageRecord,
  records: ReadonlyMap<string, MessageRecord>,
): MessageRecord {
  const to = message.message_reference?.message_id;
  if (to === undefined) return { message, viewer };
  const referenced = records.get(to);
  if (referenced && referenced.viewer !== null && referenced.viewer !== viewer) return { message, viewer };
  return { message: { ...message, referenced_message: referenced?.message ?? null }, viewer };
}

/** Adds the thread that was created from a message. It has the id of the message. */
function withThread({ message, viewer }: MessageRecord, world: World): MessageRecord {
  const thread = world.threads.get(message.id);
  if (thread?.parent_id !== message.channel_id) return { message, viewer };
  return { message: { ...message, thread: threadChannel(world, thread) }, viewer };
}

function restore(journal: Journal, cdn: string): Map<string, MessageRecord> {
  const records = new Map<string, MessageRecord>();
  for (const [key, value] of journal.restored) {
    if (!key.startsWith(KEY_PREFIX)) continue;
    const { message, viewer } = moved(value, cdn);
    records.set(message.id, { message, viewer });
  }
  return records;
}

/** Replaces the origin in stored URLs of attachments, because the port may differ from the last run's. */
function moved(value: unknown, cdn: string): MessageRecord {
  const text = JSON.stringify(value);
  const addresses = /http:\/\/127\.0\.0\.1:\d+(?=\/(?:ephemeral-)?attachments\/)/g;
  return storedRecord.parse(JSON.parse(text.replaceAll(addresses, cdn)));
}
