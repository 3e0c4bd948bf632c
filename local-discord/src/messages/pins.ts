import type { APIMessage, APIUser } from "discord-api-types/v10";
import { MessageReferenceType, MessageType, PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions, onSystemMessage, tooManyPins } from "../errors.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { hasPermission } from "../state/permissions.ts";
import { assertCanReact } from "../threads/thread-rules.ts";
import { postSystemMessage } from "./system-message.ts";

/** @see https://github.com/discord/discord-api-docs/pull/8426 */
const MAX_PINS = 250;

/** Types of messages that people and bots write. */
const WRITTEN = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

interface Pinning {
  message: APIMessage;
  by: APIUser;
}

/** A pinned message, and when it was pinned, in ISO 8601. */
export interface Pin {
  message: APIMessage;
  pinned_at: string;
}

/** Returns the pinned messages of a channel, those that were pinned last first. */
export function pinsIn({ messages }: Pick<Discord, "messages">, channelId: string): Pin[] {
  return messages
    .all()
    .flatMap(({ message, pinnedAt }) =>
      pinnedAt !== null && message.channel_id === channelId ? [{ message, pinned_at: pinnedAt }] : [],
    )
    .toSorted((a, b) => Date.parse(b.pinned_at) - Date.parse(a.pinned_at) || compareIds(b, a));
}

function compareIds(a: Pin, b: Pin): number {
  return BigInt(a.message.id) < BigInt(b.message.id) ? -1 : 1;
}

/**
 * Pins a message, which a message in the channel reports, and sends the bot CHANNEL_PINS_UPDATE. Does nothing if it is pinned.
 * @throws DiscordError 50013, 50021, 50083 or 30003
 * @see https://discord.com/developers/docs/resources/message#pin-message
 */
export function pinMessage(discord: Discord, { message, by }: Pinning): void {
  assertMayPin(discord, { message, by });
  if (!WRITTEN.has(message.type)) throw onSystemMessage();
  if (message.pinned) return;
  const { id, channel_id: channelId } = message;
  if (pinsIn(discord, channelId).length >= MAX_PINS) throw tooManyPins();
  discord.messages.setPinned(id, new Date(discord.stamp()).toISOString());
  emitPins(discord, channelId);
  const guild = guildOf(discord.world, channelId);
  postSystemMessage(discord, {
    type: MessageType.ChannelPinnedMessage,
    author: by,
    channelId,
    reference: {
      type: MessageReferenceType.Default,
      channel_id: channelId,
      message_id: id,
      ...(guild ? { guild_id: guild.id } : {}),
    },
  });
}

/**
 * Unpins a message, and sends the bot CHANNEL_PINS_UPDATE. Does nothing if it is not pinned.
 * @throws DiscordError 50013 or 50083
 */
export function unpinMessage(discord: Discord, { message, by }: Pinning): void {
  assertMayPin(discord, { message, by });
  if (!message.pinned) return;
  discord.messages.setPinned(message.id, null);
  emitPins(discord, message.channel_id);
}

function assertMayPin({ world }: Discord, { message: { channel_id: channelId }, by }: Pinning): void {
  const where = { userId: by.id, channelId };
  const may = !guildOf(world, channelId) || hasPermission(world, where, PermissionFlagsBits.PinMessages);
  if (!may) throw missingPermissions();
  assertCanReact(world, channelId);
}

function emitPins(discord: Discord, channelId: string): void {
  const [newest] = pinsIn(discord, channelId);
  const d = { channel_id: channelId, last_pin_timestamp: newest?.pinned_at ?? null };
  discord.events.emit({ t: "CHANNEL_PINS_UPDATE", d });
}
