import type { APIMessage } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import { deleteUnusedFiles } from "./media.ts";

/** Deletes a message with its files. */
export function deleteMessage(discord: Discord, message: APIMessage): void {
  discord.messages.remove(message.id);
  deleteUnusedFiles(discord, [message]);
}

/** Deletes those of these messages that are in a channel, with their files, and sends the bot MESSAGE_DELETE_BULK. */
export function deleteMessages(discord: Discord, channelId: string, ids: readonly string[]): void {
  deleteUnusedFiles(discord, discord.messages.removeMany(channelId, ids));
}

/** Deletes all messages of a channel with their files. Discord sends no events for them. */
export function deleteMessagesIn(discord: Discord, channelId: string): void {
  deleteUnusedFiles(discord, discord.messages.removeChannel(channelId));
}
