import type { APIMessage, APIUser } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import { setPin, setReaction, startTyping } from "./reactions-and-pins.ts";
import type { WaitOptions, Waits } from "./wait.ts";

/** The channel in which a person acts. */
export interface Where {
  /** Default: the first text channel of the first guild. */
  channelId?: string;
  /** Whether to act in direct messages with the bot. */
  dm?: boolean;
}

/** What a person does with messages besides posting, and with the channel in which they post. */
export interface ScriptedMessages {
  /**
   * Reacts to a message; does nothing if the person has.
   * @param emoji of Unicode, as in "👍"
   * @throws Error if the person does not see the message, or may not react; for a 21st emoji
   */
  react(message: Pick<APIMessage, "id">, emoji: string): void;
  /** Removes the person's own reaction, if there is one. */
  unreact(message: Pick<APIMessage, "id">, emoji: string): void;
  /** @throws Error if the person does not see the message, or may not pin it */
  pin(message: Pick<APIMessage, "id">): void;
  /** @throws Error if the person does not see the message, or may not unpin it */
  unpin(message: Pick<APIMessage, "id">): void;
  /**
   * Shows the person as typing for 10 s, or until they post.
   * @throws Error if the person may not post there
   */
  type(options?: Where): void;
  /** Resolves while the bot is typing in a channel: for 10 s, or until it posts there. */
  waitForTyping(options?: Where & WaitOptions): Promise<void>;
}

export function scriptedMessages(
  discord: Discord,
  { as, channelOf, waiting }: { as: () => APIUser; channelOf: (where?: Where) => string; waiting: Waits },
): ScriptedMessages {
  return {
    react: ({ id: messageId }, emoji) => setReaction(discord, as(), { messageId, emoji, on: true }),
    unreact: ({ id: messageId }, emoji) => setReaction(discord, as(), { messageId, emoji, on: false }),
    pin: ({ id: messageId }) => setPin(discord, as(), { messageId, on: true }),
    unpin: ({ id: messageId }) => setPin(discord, as(), { messageId, on: false }),
    type: (where) => startTyping(discord, as(), channelOf(where)),
    async waitForTyping({ timeout, ...where } = {}) {
      const channelId = channelOf(where);
      await waiting.until(
        () => discord.typing.isTyping(channelId, discord.world.bot.id) || undefined,
        () => `The bot is not typing in the channel ${channelId}.`,
        timeout === undefined ? {} : { timeout },
      );
    },
  };
}
