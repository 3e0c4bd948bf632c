import type { APIMessage } from "discord-api-types/v10";
import type { ClientReady, TrafficEntry } from "../../src/client-protocol.ts";
import type { Unread } from "./unread.ts";

export type Session = Omit<ClientReady, "messages" | "guild" | "channels">;

/** "connecting": for the first time, or as another person. "lost": the server went away and is being called again. */
export type ConnectionStatus = "connecting" | "open" | "lost";

interface Attempt {
  nonce: string;
  status: "sending" | "failed";
  /** What the local Discord said when it refused the request itself. */
  reason: string | null;
}

interface Row {
  channelId: string;
  at: number;
}

/** What this window has to say to the person. */
export type Note =
  | { of: "unknownCommand"; commandName: string }
  /** Files that were not taken, by their names. */
  | { of: "tooLarge" | "tooMany"; names: readonly string[] };

/** Rows of the message list that only this window knows. */
export type LocalRow =
  | (Row & Attempt & { kind: "command"; title: string })
  | (Row & Attempt & { kind: "message"; content: string })
  | (Row & { kind: "note"; nonce: string; note: Note });

export interface Press extends Attempt {
  messageId: string;
  customId: string;
}

export interface State {
  readonly connection: ConnectionStatus;
  readonly session: Session | null;
  readonly channelId: string | null;
  readonly messages: Readonly<Record<string, readonly APIMessage[]>>;
  readonly rows: readonly LocalRow[];
  readonly presses: readonly Press[];
  readonly unread: Unread;
  /** Ephemeral messages the person has waved away. */
  readonly dismissed: ReadonlySet<string>;
  /** What bot and local Discord have said to each other, oldest first, while that is watched. */
  readonly traffic: readonly TrafficEntry[];
  /** The id of the last entry that was cleared away: the server tells it again to whoever watches again. */
  readonly trafficCleared: number;
}

export const initialState: State = {
  connection: "connecting",
  session: null,
  channelId: null,
  messages: {},
  rows: [],
  presses: [],
  unread: new Map(),
  dismissed: new Set(),
  traffic: [],
  trafficCleared: 0,
};
