import type { ClientGuild } from "../../src/client-protocol.ts";
import { placeOf } from "./place.ts";
import type { Session, State } from "./state.ts";
import { markRead, withoutGone } from "./unread.ts";

/** Shows a channel. A modal stays only in the channel in which the bot opened it, and a dialog in its own. */
export function showChannel(state: State, channelId: string): State {
  const unread = markRead(state.unread, channelId);
  if (channelId === state.channelId) return { ...state, unread };
  return { ...state, channelId, unread, modal: null, dialog: null };
}

/** Replaces the guilds, and shows another channel if the current one is gone. */
export function withGuilds(state: State, guilds: ClientGuild[]): State {
  if (state.session === null) return state;
  const session = { ...state.session, guilds };
  const unread = withoutGone(state.unread, session);
  return showChannel({ ...state, session, unread }, channelFor(state, session));
}

/**
 * Returns the current channel if it still exists, or else the channel of its thread, or else the first one, of the same guild if
 * it has any. Direct messages stay direct messages of the new person.
 */
export function channelFor({ session: before, channelId }: State, session: Session): string {
  if (channelId !== null && channelId === before?.direct.id) return session.direct.id;
  const { guild, thread } = placeOf(before, channelId) ?? {};
  const sameGuild = session.guilds.filter(({ id }) => id === guild?.id);
  const channels = [...sameGuild, ...session.guilds].flatMap((one) => one.channels);
  const wanted = [channelId, thread?.parent_id ?? null, ...channels.map(({ id }) => id)];
  return wanted.find((id) => placeOf(session, id) !== undefined) ?? session.direct.id;
}
