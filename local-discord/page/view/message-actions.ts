import type { APIMessage } from "discord-api-types/v10";
import { changePin, changeReaction, postTyping } from "../server/requests.ts";

/** What a person can do with messages of others. */
export interface MessageActions {
  /** Adds the person's reaction with an emoji of Unicode, or removes it. A refusal is shown as a note. */
  setReaction(message: APIMessage, emoji: string, on: boolean): void;
  /** Pins a message, or unpins it. A refusal is shown as a note. */
  setPin(message: APIMessage, on: boolean): void;
  /** Shows the person as typing in the current channel. */
  sayTyping(): void;
}

export function makeMessageActions({
  userId,
  channelId,
  noteRefusal,
}: {
  userId: string;
  channelId: string;
  noteRefusal: (error: unknown) => void;
}): MessageActions {
  const by = { user_id: userId };
  return {
    setReaction({ id: messageId }, emoji, on) {
      changeReaction(on ? "PUT" : "DELETE", { messageId, emoji }, by).catch(noteRefusal);
    },
    setPin({ id }, on) {
      changePin(on ? "PUT" : "DELETE", id, by).catch(noteRefusal);
    },
    sayTyping() {
      // Nobody misses it if it is refused.
      postTyping(channelId, by).catch(() => {});
    },
  };
}
