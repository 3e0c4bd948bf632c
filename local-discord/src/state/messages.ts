import type { APIMessage } from "discord-api-types/v10";
import { z } from "zod";
import { unknownMessage } from "../errors.ts";
import type { Events } from "./events.ts";
import type { Journal } from "./journal.ts";

/** The journal is written here and nowhere else: of a message in it only the beginning is checked. */
const storedRecord = z.object({
  message: z.custom<APIMessage>((value) => z.object({ id: z.string() }).safeParse(value).success),
  viewer: z.string().nullable(),
});

/** A message, and the one person who sees it when it is ephemeral. */
type MessageRecord = z.infer<typeof storedRecord>;

/** Each message is given out with the one it replies to, as that is now: null when it is gone. */
export interface Messages {
  /** Returns it as it is given out. */
  add(record: MessageRecord): APIMessage;
  /** Puts an edited message in the place of the one with its id, and returns it as it is given out. */
  replace(message: APIMessage): APIMessage;
  remove(id: string): void;
  /** Throws 10008 when there is no such message. */
  get(id: string): MessageRecord;
  find(id: string): MessageRecord | undefined;
  /** Oldest first. */
  all(): MessageRecord[];
}

const KEY_PREFIX = "message:";

export function messages(journal: Journal, { events, cdn }: { events: Events; cdn: string }): Messages {
  const records = restore(journal, cdn);
  function get(id: string): MessageRecord {
    const record = find(id);
    if (!record) throw unknownMessage();
    return record;
  }
  function find(id: string): MessageRecord | undefined {
    const record = records.get(id);
    return record && withReferenced(record, records);
  }
  /** Keeps it without a copy of what it replies to, which changes and goes. */
  function put({ message: given, viewer }: MessageRecord): APIMessage {
    const { referenced_message: _, ...message } = given;
    journal.put(KEY_PREFIX + message.id, { message, viewer });
    records.set(message.id, { message, viewer });
    return get(message.id).message;
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
      records.delete(id);
      journal.put(KEY_PREFIX + id, null);
      events.emit({ t: "MESSAGE_DELETE", d: { id, channel_id: message.channel_id }, viewer });
    },
    get,
    find,
    all: () => [...records.values()].map((record) => withReferenced(record, records)),
  };
}

/**
 * Left out is an ephemeral message, unless the reply too is for the one who sees it: `null` would say it is deleted.
 * https://discord.com/developers/docs/resources/message#message-object
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

function restore(journal: Journal, cdn: string): Map<string, MessageRecord> {
  const records = new Map<string, MessageRecord>();
  for (const [key, value] of journal.restored) {
    if (!key.startsWith(KEY_PREFIX)) continue;
    const { message, viewer } = moved(value, cdn);
    records.set(message.id, { message, viewer });
  }
  return records;
}

/** The port may be another one than last time, and attachments are named by their whole address. */
function moved(value: unknown, cdn: string): MessageRecord {
  const text = JSON.stringify(value);
  const addresses = /http:\/\/127\.0\.0\.1:\d+(?=\/(?:ephemeral-)?attachments\/)/g;
  return storedRecord.parse(JSON.parse(text.replaceAll(addresses, cdn)));
}
