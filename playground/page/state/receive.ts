import type { APIMessage } from "discord-api-types/v10";
import type { ClientEvent, ClientReady } from "../../client-protocol.ts";
import { abandoned, failed, settled } from "./attempts.ts";
import { withMessage, withoutMessage } from "./messages.ts";
import type { Session, State } from "./state.ts";

export function receive(state: State, event: ClientEvent): State {
  switch (event.t) {
    case "READY":
      return ready(state, event.d);
    case "MESSAGE_CREATE":
      return inChannel(withUnread(state, event.d), event.d.channel_id, (messages) =>
        withMessage(messages, event.d),
      );
    case "MESSAGE_UPDATE":
      return inChannel(state, event.d.channel_id, (messages) => withMessage(messages, event.d));
    case "MESSAGE_DELETE":
      return inChannel(state, event.d.channel_id, (messages) => withoutMessage(messages, event.d.id));
    case "COMMANDS_UPDATE":
      return inSession(state, { commands: event.d });
    case "BOT_STATUS":
      return inSession(state, { bot_online: event.d.online });
    case "TRAFFIC":
      return state;
    case "INTERACTION_SUCCESS":
      return {
        ...state,
        rows: settled(state.rows, event.d.nonce),
        presses: settled(state.presses, event.d.nonce),
      };
    case "INTERACTION_FAILURE":
      return {
        ...state,
        rows: failed(state.rows, event.d.nonce, null),
        presses: failed(state.presses, event.d.nonce, null),
      };
  }
}

/** READY holds everything, so it repairs whatever was missed. */
function ready(state: State, { messages, ...session }: ClientReady): State {
  const same = state.session?.user.id === session.user.id;
  const channel = session.channels.find(({ id }) => id === state.channelId) ?? session.channels[0];
  // Another person's direct messages are in another channel.
  const inDirect = state.channelId !== null && state.channelId === state.session?.direct.id;
  return {
    connection: "open",
    session,
    channelId: inDirect ? session.direct.id : (channel?.id ?? null),
    messages,
    rows: same ? abandoned(state.rows) : [],
    presses: same ? abandoned(state.presses) : [],
    unread: same ? state.unread : new Set(),
    dismissed: same ? state.dismissed : new Set(),
  };
}

function withUnread(state: State, { channel_id: id, author }: APIMessage): State {
  if (id === state.channelId || author.id === state.session?.user.id) return state;
  return { ...state, unread: new Set(state.unread).add(id) };
}

function inSession(state: State, changes: Partial<Session>): State {
  return state.session === null ? state : { ...state, session: { ...state.session, ...changes } };
}

function inChannel(
  state: State,
  channelId: string,
  change: (messages: readonly APIMessage[]) => readonly APIMessage[],
): State {
  const messages = change(state.messages[channelId] ?? []);
  return { ...state, messages: { ...state.messages, [channelId]: messages } };
}
