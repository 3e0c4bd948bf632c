import type { APIMessage } from "discord-api-types/v10";
import type { ClientReady } from "../../client-protocol.ts";

export type Session = Omit<ClientReady, "messages">;

/** "connecting": for the first time, or as another person. "lost": the server went away and is being called again. */
export type Connection = "connecting" | "open" | "lost";

interface Attempt {
  nonce: string;
  status: "sending" | "failed";
  /** What the local Discord said when it refused the request itself. */
  reason: string | null;
}

/** Rows of the message list that only this window knows. */
export type LocalRow =
  | (Attempt & { kind: "command"; channelId: string; at: number; commandName: string })
  | (Attempt & { kind: "message"; channelId: string; at: number; content: string })
  | { kind: "unknownCommand"; nonce: string; channelId: string; at: number; commandName: string };

export interface Press extends Attempt {
  messageId: string;
  customId: string;
}

export interface State {
  readonly connection: Connection;
  readonly session: Session | null;
  readonly channelId: string | null;
  readonly messages: Readonly<Record<string, readonly APIMessage[]>>;
  readonly rows: readonly LocalRow[];
  readonly presses: readonly Press[];
  /** Ephemeral messages the person has waved away. */
  readonly dismissed: ReadonlySet<string>;
}

export const initialState: State = {
  connection: "connecting",
  session: null,
  channelId: null,
  messages: {},
  rows: [],
  presses: [],
  dismissed: new Set(),
};
