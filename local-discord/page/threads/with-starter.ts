import type { APIMessage } from "discord-api-types/v10";
import { messageType } from "../discord.ts";

/**
 * Puts the message from which a thread was created in the place of the thread's first message, which only refers to it.
 * @param starter as it is now; undefined if it was deleted, or if the thread was not created from a message
 */
export function withStarter(
  messages: readonly APIMessage[],
  starter: APIMessage | undefined,
): readonly APIMessage[] {
  if (starter === undefined || messages[0]?.type !== messageType.threadStarterMessage) return messages;
  return messages.with(0, { ...starter, type: messageType.threadStarterMessage });
}

/** Whether this is a thread's first message, and the message to which it refers was deleted. */
export function lacksStarter({ id, type, message_reference: reference }: APIMessage): boolean {
  return (
    type === messageType.threadStarterMessage &&
    reference?.message_id !== undefined &&
    id !== reference.message_id
  );
}
