import type { APIMessage, APIUser } from "discord-api-types/v10";
import { MessageFlags, PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions, unknownChannel } from "../errors.ts";
import { parseEmoji } from "../messages/emoji.ts";
import { hasFlag } from "../messages/message-rules.ts";
import { pinMessage, unpinMessage } from "../messages/pins.ts";
import { addReaction, removeReaction } from "../messages/reactions.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { hasPermission } from "../state/permissions.ts";
import { isIn } from "../state/visibility.ts";
import { assertCanPost } from "../threads/thread-rules.ts";
import { findMessage } from "./invoke.ts";
import { NotAllowedError } from "./not-allowed.ts";

/**
 * Adds or removes a person's reaction.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function setReaction(
  discord: Discord,
  user: APIUser,
  { messageId, emoji, on }: { messageId: string; emoji: string; on: boolean },
): void {
  const message = postedMessage(discord, user, messageId);
  const parsed = parseEmoji(emoji);
  if (on) addReaction(discord, { message, emoji: parsed, user });
  else removeReaction(discord, { message, emoji: parsed, userId: user.id });
}

/**
 * Pins or unpins a message as a person.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function setPin(
  discord: Discord,
  by: APIUser,
  { messageId, on }: { messageId: string; on: boolean },
): void {
  const message = postedMessage(discord, by, messageId);
  if (on) pinMessage(discord, { message, by });
  else unpinMessage(discord, { message, by });
}

/**
 * Shows a person as typing.
 * @throws DiscordError 10003, or as for a message
 */
export function startTyping(discord: Discord, user: APIUser, channelId: string): void {
  const { world, typing } = discord;
  const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  if (!isIn(world, user.id, channelId)) throw unknownChannel();
  const needed = world.threads.has(channelId) ? SendMessagesInThreads : SendMessages;
  const where = { userId: user.id, channelId };
  if (guildOf(world, channelId) && !hasPermission(world, where, needed)) throw missingPermissions();
  assertCanPost(world, { authorId: user.id, channelId, answers: false });
  typing.start(channelId, user);
}

/** @throws NotAllowedError for a message that the person does not see, or that is ephemeral or a deferred answer */
function postedMessage(discord: Discord, user: APIUser, messageId: string): APIMessage {
  const message = findMessage(discord, { user }, messageId);
  if (hasFlag(message, MessageFlags.Ephemeral | MessageFlags.Loading)) {
    throw new NotAllowedError("Nobody reacts to or pins an ephemeral message or a deferred answer.");
  }
  return message;
}
