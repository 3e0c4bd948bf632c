import type { APIMessage } from "discord-api-types/v10";

/** Compares ids, which are decimal numbers: the longer one is later, and equal lengths compare as text. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Inserts a message in the order of ids, or replaces the one with its id, also within replies to it. */
export function withMessage(messages: readonly APIMessage[], message: APIMessage): readonly APIMessage[] {
  const after = messages.findLastIndex((other) => compareIds(other.id, message.id) <= 0);
  const to = messages.find(({ id }) => id === message.message_reference?.message_id);
  const whole = to ? { ...message, referenced_message: to } : message;
  if (messages[after]?.id !== message.id) return messages.toSpliced(after + 1, 0, whole);
  return inReplies(messages.with(after, whole), message.id, whole);
}

export function withoutMessage(messages: readonly APIMessage[], id: string): readonly APIMessage[] {
  return inReplies(
    messages.filter((message) => message.id !== id),
    id,
    null,
  );
}

function inReplies(
  messages: readonly APIMessage[],
  id: string,
  to: APIMessage | null,
): readonly APIMessage[] {
  return messages.map((message) =>
    message.message_reference?.message_id === id ? { ...message, referenced_message: to } : message,
  );
}
