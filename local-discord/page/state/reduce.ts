import type { APIMessage } from "discord-api-types/v10";
import type { Action } from "./action.ts";
import { withMessage } from "./messages.ts";
import { failSubmission, submitModal } from "./modal.ts";
import { lastTraffic, receive } from "./receive.ts";
import { failAsked, markFailed, removeSettled } from "./attempts.ts";
import { addPress } from "./presses.ts";
import type { Press, Selection, State } from "./state.ts";
import { showChannel } from "./show-channel.ts";
import { markRead, withoutGone } from "./unread.ts";

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "received":
      return receive(state, action.event);
    case "connectionLost":
      // The next connection may be to another local Discord, whose traffic ids start again.
      return {
        ...state,
        connection: state.session === null ? "connecting" : "lost",
        traffic: [],
        trafficCleared: 0,
      };
    case "userSwitched":
      return switchUser(state, action.user);
    case "channelChosen":
      return showChannel(state, action.channelId);
    case "dialogOpened":
      return { ...state, dialog: action.dialog };
    case "dialogClosed":
      return { ...state, dialog: null };
    case "unreadRestored": {
      const unread = withoutGone(new Map([...action.unread, ...state.unread]), state.session);
      return { ...state, unread: markRead(unread, state.channelId) };
    }
    case "trafficCleared":
      return { ...state, traffic: [], trafficCleared: lastTraffic(state) };
    case "commandSent": {
      const { type: _, ...sent } = action;
      return withRow(state, { kind: "command", ...sent, status: "sending", reason: null });
    }
    case "messageSent": {
      const { type: _, ...sent } = action;
      return withRow(state, { kind: "message", ...sent, status: "sending", reason: null });
    }
    case "noted": {
      const { type: _, ...noted } = action;
      return withRow(state, { kind: "note", ...noted });
    }
    case "pressed":
      return press(state, action);
    case "selected":
      return select(state, action.nonce, action.selection);
    case "choicesAsked":
      return { ...state, asked: { nonce: action.nonce, status: "loading", choices: [] } };
    case "delivered":
      return deliver(state, action.nonce, action.message);
    case "refused":
      return {
        ...state,
        rows: markFailed(state.rows, action.nonce, action.reason),
        presses: markFailed(state.presses, action.nonce, action.reason),
        modal: failSubmission(state.modal, action),
        asked: failAsked(state.asked, action.nonce),
      };
    case "modalSubmitted":
      return { ...state, modal: submitModal(state.modal, action.nonce) };
    case "modalClosed":
      return { ...state, modal: state.modal?.id === action.id ? null : state.modal };
    case "dismissed":
      return {
        ...state,
        rows: removeSettled(state.rows, action.key),
        dismissed: new Set(state.dismissed).add(action.key),
      };
  }
}

function withRow(state: State, row: State["rows"][number]): State {
  return { ...state, rows: [...state.rows, row] };
}

function press(
  state: State,
  { nonce, messageId, customId }: Pick<Press, "nonce" | "messageId" | "customId">,
): State {
  const message = Object.values(state.messages)
    .flat()
    .find(({ id }) => id === messageId);
  const sent = { nonce, messageId, customId, status: "sending", reason: null, messageEdited: false } as const;
  return { ...state, presses: addPress(state.presses, sent, message) };
}

function select(state: State, nonce: string, selection: Selection): State {
  const { messageId, customId } = selection;
  const others = state.selections.filter((one) => one.messageId !== messageId || one.customId !== customId);
  return press({ ...state, selections: [...others, selection] }, { nonce, messageId, customId });
}

/** Adds a delivered message. It also arrives as MESSAGE_CREATE, before or after; the second one changes nothing. */
function deliver(state: State, nonce: string, message: APIMessage): State {
  const messages = state.messages[message.channel_id] ?? [];
  return {
    ...state,
    rows: removeSettled(state.rows, nonce),
    messages: { ...state.messages, [message.channel_id]: withMessage(messages, message) },
  };
}

/** Clears everything that the former person sees, until READY arrives for the new one. */
function switchUser(state: State, user: NonNullable<State["session"]>["user"]): State {
  if (state.session === null) return state;
  return {
    ...state,
    connection: "connecting",
    session: { ...state.session, user },
    messages: {},
    rows: [],
    presses: [],
    selections: [],
    modal: null,
    asked: null,
    dialog: null,
    unread: new Map(),
  };
}
