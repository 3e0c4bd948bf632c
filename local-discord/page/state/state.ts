import type { APIMessage } from "discord-api-types/v10";
import type { ClientModal, ClientReady, TrafficEntry } from "../../src/client-protocol.ts";
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

export interface State {
  readonly connection: ConnectionStatus;
  readonly session: Session | null;
  readonly channelId: string | null;
  readonly messages: Readonly<Record<string, readonly APIMessage[]>>;
  readonly rows: readonly LocalRow[];
  readonly presses: readonly Press[];
  /** The modal that the person is filling in. */
  readonly modal: ClientModal | null;
  readonly unread: Unread;
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
  modal: null,
  unread: new Map(),
  dismissed: new Set(),
  traffic: [],
  trafficCleared: 0,
};
