import type { APIMessage } from "discord-api-types/v10";
import type { Session } from "./state.ts";

/** By channel, for those in which others have written since one was there: how many of the messages are for oneself. */
export type Unread = ReadonlyMap<string, number>;

/** The unread marks when one who is in `shown` gets these messages. */
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

export function isMentioned(message: APIMessage, userId: string | undefined): boolean {
  return message.mention_everyone || message.mentions.some(({ id }) => id === userId);
}

/** Of some channels together; undefined where none is unread. */
export function unreadIn(unread: Unread, channelIds: readonly string[]): number | undefined {
  const marks = channelIds.flatMap((id) => unread.get(id) ?? []);
  return marks.length === 0 ? undefined : marks.reduce((sum, mark) => sum + mark, 0);
}
