import type { ClientGuild } from "../../src/client-protocol.ts";
import { placeOf } from "./place.ts";
import type { Session, State } from "./state.ts";
import { markRead } from "./unread.ts";

/** Shows a channel. A modal stays only in the channel in which the bot opened it. */
export function showChannel(state: State, channelId: string | null): State {
  const modal = channelId === state.channelId ? state.modal : null;
  return { ...state, channelId, unread: markRead(state.unread, channelId), modal };
}

/** Replaces the guilds, and shows another channel if the current one is gone. */
export function withGuilds(state: State, guilds: ClientGuild[]): State {
  if (state.session === null) return state;
  const session = { ...state.session, guilds };
  return showChannel({ ...state, session }, channelFor(state, session));
}

/** Returns the current channel if it still exists, or else the first one. Direct messages stay direct messages of the new person. */
export function channelFor({ session: before, channelId }: State, session: Session): string | null {
  if (channelId !== null && channelId === before?.direct.id) return session.direct.id;
  return placeOf(session, channelId)?.id ?? session.guilds[0]?.channels[0]?.id ?? null;
}
