import type { APIMessage } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import { withArchived } from "../state/threads.ts";
import { canInvite } from "./thread-members.ts";

/**
 * Prepares a thread for a message that a user is about to post: unarchives it, and adds the author and those whom the message
 * mentions. The author of an answer to an interaction is not added.
 */
export function prepareThread(
  discord: Discord,
  { author, channel_id: id, mentions, interaction_metadata: answered }: APIMessage,
): void {
  const { world, threads } = discord;
  unarchive(discord, id);
  const thread = world.threads.get(id);
  if (!thread || answered) return;
  const invited = canInvite(world, author.id, thread) ? mentions : [];
  threads.addMembers(
    id,
    [author, ...invited].map((user) => user.id),
  );
}

/** Unarchives a thread; does nothing in an active one, and in other channels. */
export function unarchive({ world, threads, stamp }: Discord, channelId: string): void {
  const thread = world.threads.get(channelId);
  if (!thread?.thread_metadata.archived) return;
  threads.change(withArchived(thread, false, new Date(stamp()).toISOString()));
}
