import type { OwnMessage, OwnMessageReference, OwnMessages } from "./own-messages.ts";

/** Limit for edits of one message while others change it at the same time. */
const MAX_EDITS = 10;

/** A change of a message. Its files stay unless others are given. */
export type MessageChange = Parameters<OwnMessages["edit"]>[1];

/**
 * Edits a message until it shows what it should. It is read again after each edit, because concurrent edits may overwrite each other.
 * @param change returns what to change in the message as it is now; undefined if nothing is left to change
 * @returns false if the message is deleted or not accessible
 */
export async function editUntilShown(
  reference: OwnMessageReference,
  messages: OwnMessages,
  change: (message: OwnMessage) => Promise<MessageChange | undefined>,
): Promise<boolean> {
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    const message = await messages.read(reference);
    if (message === undefined) return edits > 0;
    const changed = await change(message);
    if (changed === undefined) return true;
    await messages.edit(reference, changed);
  }
  throw new Error(`the message still does not show what it should after ${MAX_EDITS} edits`);
}
