import type { APIMessage } from "discord-api-types/v10";
import type { Session } from "./state.ts";

/** By id of each unread channel, the number of unread messages that ping the person. */
export type Unread = ReadonlyMap<string, number>;

/** Returns the unread marks after these messages arrive while the channel `shown` is open. */
export function withUnread(
  unread: Unread,
  messages: readonly APIMessage[],
  { session, shown }: { session: Session; shown: string | null },
): Unread {
  const news = messages.filter(({ channel_id: id, author }) => id !== shown && author.id !== session.user.id);
  if (news.length === 0) return unread;
  const marks = new Map(unread);
  for (const message of news) {
    const forMe = isMentioned(message, session.user.id) || message.channel_id === session.direct.id;
    marks.set(message.channel_id, (marks.get(message.channel_id) ?? 0) + (forMe ? 1 : 0));
  }
  return marks;
}

/** Removes the mark of a channel. */
export function markRead(unread: Unread, channelId: string | null): Unread {
  return new Map([...unread].filter(([id]) => id !== channelId));
}

export function isMentioned(message: APIMessage, userId: string | undefined): boolean {
  return message.mention_everyone || message.mentions.some(({ id }) => id === userId);
}

/** Returns the number of unread pings in these channels; undefined if none of them is unread. */
export function unreadIn(unread: Unread, channelIds: readonly string[]): number | undefined {
  const marks = channelIds.flatMap((id) => unread.get(id) ?? []);
  return marks.length === 0 ? undefined : marks.reduce((sum, mark) => sum + mark, 0);
}
