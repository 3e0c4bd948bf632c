import type { APIMessage, APIUser } from "discord-api-types/v10";
import type { ClientEvent } from "../../src/client-protocol.ts";
import type { LocalRow, Selection, ChannelDialog } from "./state.ts";
import type { Unread } from "./unread.ts";

type Sent<Kind extends LocalRow["kind"]> = Omit<
  Extract<LocalRow, { kind: Kind }>,
  "kind" | "status" | "reason"
>;

export type Action =
  | { type: "received"; event: ClientEvent }
  | { type: "connectionLost" }
  | { type: "userSwitched"; user: APIUser }
  | { type: "channelChosen"; channelId: string }
  | { type: "dialogOpened"; dialog: ChannelDialog }
  | { type: "dialogClosed" }
  /** Unread marks were loaded, from before a reload or a switch to another person. */
  | { type: "unreadRestored"; unread: Unread }
  | { type: "trafficCleared" }
  | ({ type: "commandSent" } & Sent<"command">)
  | ({ type: "messageSent" } & Sent<"message">)
  | ({ type: "noted" } & Sent<"note">)
  | { type: "pressed"; nonce: string; messageId: string; customId: string }
  /** The bot was asked for choices of a command's option. */
  | { type: "choicesAsked"; nonce: string }
  | { type: "selected"; nonce: string; selection: Selection }
  /** The server accepted a posted message. */
  | { type: "delivered"; nonce: string; message: APIMessage }
  /** The open modal was submitted. */
  | { type: "modalSubmitted"; nonce: string }
  /** The person closed the modal with this id. */
  | { type: "modalClosed"; id: string }
  /** The request with this nonce failed or was refused; `errors` are about inputs of a modal, by custom id. */
  | { type: "refused"; nonce: string; reason: string | null; errors?: Readonly<Record<string, string>> }
  /** A local row (by nonce) or an ephemeral message (by id) was dismissed. */
  | { type: "dismissed"; key: string };
