import type { APIMessage } from "discord-api-types/v10";
import type { ClientModal, ClientReady, TrafficEntry } from "../../src/client-protocol.ts";
import type { Autocompletion } from "../commands/autocompletion.ts";
import type { Typing } from "./typing.ts";
import type { Unread } from "./unread.ts";

export type Session = Omit<ClientReady, "messages" | "guild" | "channels">;

/** "connecting" for the first time or as another person; "lost" while the page reconnects. */
export type ConnectionStatus = "connecting" | "open" | "lost";

interface Attempt {
  nonce: string;
  status: "sending" | "failed";
  /** The server's message if it refused the request. */
  reason: string | null;
}

interface Row {
  channelId: string;
  at: number;
}

/** A note of the page to the person. */
export type Note =
  /** What the person asked for was refused; `reason` is the server's message. */
  | { of: "refused"; reason: string | null }
  | { of: "unknownCommand"; commandName: string }
  /** Names of files that were not added. */
  | { of: "tooLarge" | "tooMany"; names: readonly string[] };

/** A row of the message list that exists only in this window. */
export type LocalRow =
  | (Row & Attempt & { kind: "command"; title: string })
  | (Row & Attempt & { kind: "message"; content: string })
  | (Row & { kind: "note"; nonce: string; note: Note });

export interface Press extends Omit<Attempt, "status"> {
  /** "done" when the bot has acknowledged the press. The button then keeps a mark. */
  status: Attempt["status"] | "done";
  messageId: string;
  customId: string;
  /** Whether its message was edited after the press. */
  messageEdited: boolean;
}

/** What the person chose in a select menu of a message. It is shown until the message is edited. */
export interface Selection {
  messageId: string;
  customId: string;
  values: readonly string[];
  /** The message's `edited_timestamp` at that time. */
  messageEditedAt: string | null;
}

/** A submission of the open modal. It is gone when the bot acknowledges it, and the modal with it. */
interface Submission extends Attempt {
  /** By custom id, what the server says about the inputs if it refused the submission. */
  errors: Readonly<Record<string, string>>;
}

/** The modal that the person is filling in. What they type is in its view. */
export interface OpenModal extends ClientModal {
  /** The channel in which the bot was asked. */
  channelId: string;
  submission: Submission | null;
}

/**
 * A dialog about the current channel: all its threads, a new one, from this message if there is one, or its pinned messages.
 */
export type ChannelDialog =
  | { of: "threads" }
  | { of: "newThread"; message: APIMessage | null }
  | { of: "pins" };

export interface AskedChoices extends Autocompletion {
  nonce: string;
}

export interface State {
  readonly connection: ConnectionStatus;
  readonly session: Session | null;
  readonly channelId: string | null;
  readonly messages: Readonly<Record<string, readonly APIMessage[]>>;
  readonly rows: readonly LocalRow[];
  readonly presses: readonly Press[];
  readonly selections: readonly Selection[];
  readonly modal: OpenModal | null;
  /** The latest question for choices of a command's option, and the bot's answer. */
  readonly asked: AskedChoices | null;
  readonly dialog: ChannelDialog | null;
  readonly unread: Unread;
  readonly typing: Typing;
  /** Ids of dismissed ephemeral messages. */
  readonly dismissed: ReadonlySet<string>;
  /** The traffic, oldest first, while it is watched. */
  readonly traffic: readonly TrafficEntry[];
  /** Id of the last cleared entry. The server sends cleared entries again when the page watches again. */
  readonly trafficCleared: number;
}

export const initialState: State = {
  connection: "connecting",
  session: null,
  channelId: null,
  messages: {},
  rows: [],
  presses: [],
  selections: [],
  modal: null,
  asked: null,
  dialog: null,
  unread: new Map(),
  typing: {},
  dismissed: new Set(),
  traffic: [],
  trafficCleared: 0,
};
