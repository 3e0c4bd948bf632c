import type { APIMessage } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import { deleteUnusedFiles } from "./media.ts";

/** Deletes a message with its files. */
export function deleteMessage(discord: Discord, message: APIMessage): void {
  discord.messages.remove(message.id);
  deleteUnusedFiles(discord, message);
}
