import type { APIMessage } from "discord-api-types/v10";
import type { State } from "./state.ts";

/** Time after which somebody who has not sent a message is not shown as typing any more. */
const TYPING_MS = 10_000;

/** By channel id and user id, until when somebody is shown as typing, in milliseconds since 1970. */
export type Typing = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function withTyping(
  state: State,
  { channel_id: channelId, user_id: userId }: { channel_id: string; user_id: string },
  now = Date.now(),
): State {
  const here = { ...state.typing[channelId], [userId]: now + TYPING_MS };
  return { ...state, typing: { ...state.typing, [channelId]: here } };
}

/** The author of a message has stopped typing. */
export function withoutTyping(state: State, { channel_id: channelId, author }: APIMessage): State {
  const { [author.id]: own, ...others } = state.typing[channelId] ?? {};
  return own === undefined ? state : { ...state, typing: { ...state.typing, [channelId]: others } };
}
