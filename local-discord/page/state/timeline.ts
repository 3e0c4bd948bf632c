import type { APIMessage } from "discord-api-types/v10";
import { interactionType, messageFlag, messageType } from "../discord.ts";
import type { LocalRow } from "./state.ts";
import { systemTypeOf } from "./system-message.ts";

export type TimelineItem =
  | { kind: "day"; key: string; at: number }
  | { kind: "message"; key: string; at: number; message: APIMessage; grouped: boolean }
  | { kind: "row"; key: string; at: number; row: LocalRow };

/** Discord shows the author again if more time lies between two messages. */
const GROUPING_MS = 7 * 60_000;

/** Returns the messages and local rows of a channel in order of time, with a divider at the start of each day. */
export function timeline(
  messages: readonly APIMessage[],
  rows: readonly LocalRow[],
  dismissed: ReadonlySet<string>,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let previous: TimelineItem | null = null;
  let dayEnds = -Infinity;
  for (const entry of inOrder(visible(messages, dismissed), rows)) {
    if (previous === null || entry.at >= dayEnds) {
      dayEnds = midnightAfter(entry.at);
      previous = { kind: "day", key: `day-${dayEnds}`, at: entry.at };
      items.push(previous);
    }
    previous = entry.kind === "message" ? { ...entry, grouped: isGrouped(previous, entry) } : entry;
    items.push(previous);
  }
  return items;
}

function visible(messages: readonly APIMessage[], dismissed: ReadonlySet<string>): readonly APIMessage[] {
  return dismissed.size === 0 ? messages : messages.filter(({ id }) => !dismissed.has(id));
}

type Entry = Exclude<TimelineItem, { kind: "day" }>;

function inOrder(messages: readonly APIMessage[], rows: readonly LocalRow[]): Entry[] {
  const entries = messages.map(asEntry);
  for (const row of rows) {
    const after = entries.findLastIndex((entry) => entry.at <= row.at);
    entries.splice(after + 1, 0, { kind: "row", key: row.nonce, at: row.at, row });
  }
  return entries;
}

function asEntry(message: APIMessage): Entry {
  return { kind: "message", key: message.id, at: Date.parse(message.timestamp), message, grouped: false };
}

function isGrouped(previous: TimelineItem, { message, at }: Entry & { kind: "message" }): boolean {
  return (
    previous.kind === "message" &&
    previous.message.author.id === message.author.id &&
    systemTypeOf(previous.message) === undefined &&
    at - previous.at < GROUPING_MS &&
    isEphemeral(previous.message) === isEphemeral(message) &&
    (!hasHeader(message) || answersTheSame(previous.message, message))
  );
}

/** Whether a message has a line above it that says what it answers. Such a message starts a group. */
function hasHeader(message: APIMessage): boolean {
  return message.interaction_metadata?.type === interactionType.command || message.type === messageType.reply;
}

/** Whether both are ephemeral answers to the same message, which need not be named twice. */
function answersTheSame(previous: APIMessage, message: APIMessage): boolean {
  const answered = message.message_reference?.message_id;
  return (
    isEphemeral(message) && answered !== undefined && answered === previous.message_reference?.message_id
  );
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & messageFlag.ephemeral) !== 0;
}

/** Returns the next midnight by the reader's clock. */
function midnightAfter(at: number): number {
  return new Date(at).setHours(24, 0, 0, 0);
}
