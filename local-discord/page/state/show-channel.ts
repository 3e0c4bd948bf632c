import type { ClientGuild } from "../../src/client-protocol.ts";
import { placeOf } from "./place.ts";
import type { Session, State } from "./state.ts";
import { markRead } from "./unread.ts";

/** Shows a channel. A modal stays only in the channel in which the bot opened it. */
export function showChannel(state: State, channelId: string): State {
  const modal = channelId === state.channelId ? state.modal : null;
  return { ...state, channelId, unread: markRead(state.unread, channelId), modal };
}

/** Replaces the guilds, and shows another channel if the current one is gone. */
export function withGuilds(state: State, guilds: ClientGuild[]): State {
  if (state.session === null) return state;
  const session = { ...state.session, guilds };
  return showChannel({ ...state, session }, channelFor(state, session));
}

/**
 * Returns the current channel if it still exists, or else the first one, of the same guild if it has any. Direct messages stay
 * direct messages of the new person.
 */
export function channelFor({ session: before, channelId }: State, session: Session): string {
  if (channelId !== null && channelId === before?.direct.id) return session.direct.id;
  const guildId = placeOf(before, channelId)?.guild?.id;
  const sameGuild = session.guilds.find(({ id }) => id === guildId);
  const [first] = [...(sameGuild?.channels ?? []), ...session.guilds.flatMap(({ channels }) => channels)];
  return placeOf(session, channelId)?.id ?? first?.id ?? session.direct.id;
}
