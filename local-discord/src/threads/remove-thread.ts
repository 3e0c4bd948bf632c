import { deleteMessagesIn } from "../messages/delete.ts";
import type { Discord } from "../state/discord.ts";

/** Deletes a thread with its messages and their files, and sends the bot THREAD_DELETE. */
export function removeThread(discord: Discord, threadId: string): void {
  deleteMessagesIn(discord, threadId);
  discord.threads.remove(threadId);
}
