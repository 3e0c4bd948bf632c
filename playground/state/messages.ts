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

export interface Messages {
  add(record: MessageRecord): void;
  /** Puts an edited message in the place of the one with its id. */
  replace(message: APIMessage): void;
  remove(id: string): void;
  /** Throws 10008 when there is no such message. */
  get(id: string): MessageRecord;
  find(id: string): MessageRecord | undefined;
  /** Oldest first. */
  all(): MessageRecord[];
}

const keyPrefix = "message:";

export function messages(journal: Journal, { events, cdn }: { events: Events; cdn: string }): Messages {
  const records = restore(journal, cdn);
  function get(id: string): MessageRecord {
    const record = records.get(id);
    if (!record) throw unknownMessage();
    return record;
  }
  function put(record: MessageRecord): void {
    records.set(record.message.id, record);
    // A reply carries a copy of what it replies to; one in the journal is enough.
    const { referenced_message: _, ...message } = record.message;
    journal.put(keyPrefix + message.id, { ...record, message });
  }
  return {
    add(record) {
      put(record);
      events.emit({ t: "MESSAGE_CREATE", d: record.message, viewer: record.viewer });
    },
    replace(message) {
      const { viewer } = get(message.id);
      put({ message, viewer });
      events.emit({ t: "MESSAGE_UPDATE", d: message, viewer });
    },
    remove(id) {
      const { message, viewer } = get(id);
      records.delete(id);
      journal.put(keyPrefix + id, null);
      events.emit({ t: "MESSAGE_DELETE", d: { id, channel_id: message.channel_id }, viewer });
    },
    get,
    find: (id) => records.get(id),
    all: () => [...records.values()],
  };
}

function restore(journal: Journal, cdn: string): Map<string, MessageRecord> {
  const records = new Map<string, MessageRecord>();
  for (const [key, value] of journal.restored) {
    if (!key.startsWith(keyPrefix)) continue;
    const { message, viewer } = moved(value, cdn);
    const referenced = records.get(message.message_reference?.message_id ?? "")?.message;
    const whole = referenced ? { ...message, referenced_message: referenced } : message;
    records.set(message.id, { message: whole, viewer });
  }
  return records;
}

/** The port may be another one than last time, and attachments are named by their whole address. */
function moved(value: unknown, cdn: string): MessageRecord {
  const text = JSON.stringify(value);
  const addresses = /http:\/\/127\.0\.0\.1:\d+(?=\/(?:ephemeral-)?attachments\/)/g;
  return storedRecord.parse(JSON.parse(text.replaceAll(addresses, cdn)));
}
