import type { ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import { compareIds } from "../state/messages.ts";

/** Returns the threads of a channel, those with the newest messages first. */
export function threadsOf(guild: ClientGuild | null, channelId: string): ClientThread[] {
  const threads = guild?.threads.filter(({ parent_id }) => parent_id === channelId) ?? [];
  return threads.toSorted((a, b) => compareIds(lastOf(b), lastOf(a)));
}

/**
 * Returns the threads that are listed below their channel: the active ones, of a forum only those that the person has joined, and
 * the one that is open.
 */
export function threadsBelow(
  { threads, channels }: ClientGuild,
  channelId: string,
  { userId, openId }: { userId: string | undefined; openId: string | undefined },
): ClientThread[] {
  const isForum = channels.find(({ id }) => id === channelId)?.type === channelType.guildForum;
  const isListed = ({ archived, member_ids }: ClientThread) =>
    !archived && (!isForum || member_ids.some((id) => id === userId));
  return threads.filter(
    (thread) => thread.parent_id === channelId && (thread.id === openId || isListed(thread)),
  );
}

function lastOf({ id, last_message_id: last }: ClientThread): string {
  return last ?? id;
}
