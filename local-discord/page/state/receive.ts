import type { APIMessage } from "discord-api-types/v10";
import type { ClientEvent, ClientReady } from "../../src/client-protocol.ts";
import { failAsked, markAbandoned, markFailed, removeSettled } from "./attempts.ts";
import { failSubmission, keepModal, openModal, settleSubmission } from "./modal.ts";
import { compareIds, withMessage, withoutMessage } from "./messages.ts";
import { acknowledge, afterEdit } from "./presses.ts";
import { channelFor, withGuilds } from "./show-channel.ts";
import { isEphemeral } from "./timeline.ts";
import { initialState, type Session, type State } from "./state.ts";
import { countMessage, uncountMessage } from "./thread-counts.ts";
import { withoutTyping, withTyping } from "./typing.ts";
import { withUnread } from "./unread.ts";

/** Limit of kept traffic entries. */
const MAX_TRAFFIC_ENTRIES = 1000;

export function receive(state: State, event: ClientEvent): State {
  switch (event.t) {
    case "READY":
      return ready(state, event.d);
    case "MESSAGE_CREATE":
      return create(withoutTyping(state, event.d), event.d);
    case "MESSAGE_UPDATE":
      return update(state, event.d);
    case "MESSAGE_DELETE":
      return inChannel(uncountMessage(state, event.d), event.d.channel_id, (messages) =>
        withoutMessage(messages, event.d.id),
      );
    case "MESSAGE_REACTIONS": {
      const { id, channel_id, reactions } = event.d;
      return inChannel(state, channel_id, (messages) =>
        messages.map((message) => (message.id === id ? { ...message, reactions } : message)),
      );
    }
    case "TYPING_START":
      return withTyping(state, event.d);
    case "USER_UPDATE":
      return inSession(state, { bot: event.d });
    case "COMMANDS_UPDATE":
      return inSession(state, { commands: event.d });
    case "GUILDS_UPDATE":
      return withGuilds(state, event.d);
    case "CHANNEL_MESSAGES":
      return inChannel(state, event.d.channel_id, () => event.d.messages);
    case "BOT_STATUS":
      return inSession(state, { bot_online: event.d.online });
    case "TRAFFIC": {
      const last = lastTraffic(state);
      const news = event.d.filter(({ id }) => id > last);
      return { ...state, traffic: [...state.traffic, ...news].slice(-MAX_TRAFFIC_ENTRIES) };
    }
    case "INTERACTION_SUCCESS":
      return {
        ...state,
        rows: removeSettled(state.rows, event.d.nonce),
        presses: acknowledge(state.presses, event.d.nonce),
        modal: settleSubmission(state.modal, event.d.nonce),
      };
    case "INTERACTION_FAILURE":
      return {
        ...state,
        rows: markFailed(state.rows, event.d.nonce, null),
        presses: markFailed(state.presses, event.d.nonce, null),
        modal: failSubmission(state.modal, { nonce: event.d.nonce, reason: null }),
        asked: failAsked(state.asked, event.d.nonce),
      };
    case "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE": {
      const { nonce, choices } = event.d;
      return state.asked?.nonce === nonce ? { ...state, asked: { nonce, status: "done", choices } } : state;
    }
    case "MODAL_CREATE":
      return openModal(state, event.d);
  }
}

function create(state: State, message: APIMessage): State {
  return inChannel(countMessage(markUnread(state, [message]), message), message.channel_id, (messages) =>
    withMessage(messages, message),
  );
}

/** Replaces a message. An ephemeral one from before a reload is not shown, so its edit is ignored. */
function update(state: State, message: APIMessage): State {
  const before = state.messages[message.channel_id]?.find(({ id }) => id === message.id);
  if (before === undefined && isEphemeral(message)) return state;
  const presses = afterEdit(state.presses, { before, after: message });
  return inChannel({ ...state, presses }, message.channel_id, (messages) => withMessage(messages, message));
}

/** Returns the id of the newest traffic entry, even if it was cleared. */
export function lastTraffic({ traffic, trafficCleared }: State): number {
  return traffic.at(-1)?.id ?? trafficCleared;
}

/** Replaces the state with that of READY, which has everything, also what was missed while disconnected. */
function ready(state: State, { messages, ...session }: ClientReady): State {
  const fresh: State = {
    ...initialState,
    connection: "open",
    session,
    channelId: channelFor(state, session),
    messages,
    dismissed: state.dismissed,
    traffic: state.traffic,
    trafficCleared: state.trafficCleared,
  };
  if (state.session?.user.id !== session.user.id) return fresh;
  const { rows, presses, selections, unread, asked } = state;
  const modal = keepModal(state.modal, session);
  const dialog = fresh.channelId === state.channelId ? state.dialog : null;
  const kept = {
    rows: markAbandoned(rows),
    presses: markAbandoned(presses),
    selections,
    asked: failAsked(asked, asked?.nonce),
    modal,
    dialog,
    unread,
  };
  return markUnread(
    { ...fresh, ...kept },
    Object.values(messages).flatMap((list) => missedMessages(state, list)),
  );
}

/** Returns the messages that arrived while the page was disconnected. */
function missedMessages({ messages }: State, list: readonly APIMessage[]): readonly APIMessage[] {
  const known = messages[list[0]?.channel_id ?? ""]?.at(-1)?.id ?? "0";
  return list.filter(({ id }) => compareIds(id, known) > 0);
}

function markUnread(state: State, messages: readonly APIMessage[]): State {
  const { session, channelId: shown } = state;
  if (session === null) return state;
  return { ...state, unread: withUnread(state.unread, messages, { session, shown }) };
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
