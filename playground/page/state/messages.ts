import type { APIMessage } from "discord-api-types/v10";

/** Ids are 64-bit numbers in decimal: the longer is the later, equal lengths compare as text. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Puts a message in its place by id, or replaces the one that has its id. */
export function withMessage(messages: readonly APIMessage[], message: APIMessage): readonly APIMessage[] {
  const after = messages.findLastIndex((other) => compareIds(other.id, message.id) <= 0);
  const replaces = messages[after]?.id === message.id ? 1 : 0;
  return messages.toSpliced(after + 1 - replaces, replaces, message);
}

export function withoutMessage(messages: readonly APIMessage[], id: string): readonly APIMessage[] {
  return messages.filter((message) => message.id !== id);
}
