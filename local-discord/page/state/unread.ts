import type { APIMessage } from "discord-api-types/v10";
import { placeOf } from "./place.ts";
import type { Session } from "./state.ts";

/** By id of each unread channel, the number of unread messages that ping the person. */
export type Unread = ReadonlyMap<string, number>;

/** Returns the unread marks after these messages arrive while the channel `shown` is open. */
export function withUnread(
  unread: Unread,
  messages: readonly APIMessage[],
  { session, shown }: { session: Session; shown: string | null },
): Unread {
  const news = messages.filter(
    (message) =>
      message.channel_id !== shown && message.author.id !== session.user.id && concerns(message, session),
  );
  if (news.length === 0) return unread;
  const marks = new Map(unread);
  for (const message of news) {
    const forMe = isMentioned(message, session.user.id) || message.channel_id === session.direct.id;
    marks.set(message.channel_id, (marks.get(message.channel_id) ?? 0) + (forMe ? 1 : 0));
  }
  return marks;
}

/** Whether a message can be unread: those in a thread that the person has not joined are only if they ping the person. */
function concerns(message: APIMessage, { user, guilds }: Session): boolean {
  const thread = guilds.flatMap(({ threads }) => threads).find(({ id }) => id === message.channel_id);
  return thread === undefined || thread.member_ids.includes(user.id) || isMentioned(message, user.id);
}

/** Removes the marks of channels and threads that are gone. */
export function withoutGone(unread: Unread, session: Session | null): Unread {
  return new Map([...unread].filter(([id]) => placeOf(session, id) !== undefined));
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
