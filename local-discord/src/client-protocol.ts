import type { APIApplicationCommand, APIMessage, APIUser } from "discord-api-types/v10";

/*
 * What the page and the local Discord say to each other. The page is a Discord client for one person at a time.
 *
 * GET  /client?user=<id or username>    upgraded to a WebSocket: the server sends ClientEvents, the page ClientRequests;
 *                                       READY names whom it speaks for: the first one, where nobody is named or known
 * POST /client/interactions             ClientInteraction → 204, or 400 {message}
 * POST /client/channels/<id>/messages   ClientMessage → 200 APIMessage, or 400 {message}
 *      with files both are forms, as Discord's own: the JSON in payload_json, the files in files[0], files[1] …
 * GET  /avatars/<user id>/<avatar>.png  the picture of an APIUser that has an `avatar`
 */

export interface ClientChannel {
  id: string;
  name: string;
}

export interface ClientGuild {
  id: string;
  name: string;
  channels: ClientChannel[];
}

export interface ClientReady {
  /** The person this connection speaks for. */
  user: APIUser;
  /** Everyone who can be switched to. */
  users: APIUser[];
  guilds: ClientGuild[];
  /** The channel of this person's direct messages with the bot. */
  direct: { id: string };
  /** The bot, and whether a gateway connection of it is open now. */
  bot: APIUser;
  bot_online: boolean;
  /** Per channel, what this person may use there: slash commands and message commands. */
  commands: Record<string, APIApplicationCommand[]>;
  /** Per channel, oldest first, only what this person may see. */
  messages: Record<string, APIMessage[]>;
}

/**
 * Events named and shaped as Discord's own. An ephemeral message (flag 1 << 6) reaches only the person it is for; a
 * deferred answer is a message with the flag LOADING (1 << 7) until it is edited.
 */
export type ClientEvent =
  | { t: "READY"; d: ClientReady }
  | { t: "MESSAGE_CREATE" | "MESSAGE_UPDATE"; d: APIMessage }
  | { t: "MESSAGE_DELETE"; d: { id: string; channel_id: string } }
  | { t: "COMMANDS_UPDATE"; d: ClientReady["commands"] }
  | { t: "BOT_STATUS"; d: { online: boolean } }
  /** The bot acknowledged in time / did not within 3 s (or sent something the local Discord refused). */
  | { t: "INTERACTION_SUCCESS" | "INTERACTION_FAILURE"; d: { nonce: string } }
  /** Only to pages that watch: first all that is kept, then what comes, each entry once, oldest first. */
  | { t: "TRAFFIC"; d: TrafficEntry[] };

/** What a page asks for over its WebSocket; of a new connection `on` is false. */
export interface ClientRequest {
  t: "WATCH_TRAFFIC";
  d: { on: boolean };
}

/** One thing that bot and local Discord said to each other; heartbeats are left out. */
export interface TrafficEntry {
  /** Strictly increasing. */
  id: number;
  /** Milliseconds since 1970, by the local Discord's clock. */
  at: number;
  /** "gateway-in" comes from the bot, "gateway-out" goes to it, "rest" is a request of the bot's with its answer. */
  kind: "gateway-in" | "gateway-out" | "rest";
  /** "MESSAGE_CREATE", "Identify", "POST /channels/1573794232416600066/messages"; tokens are "[token]". */
  title: string;
  /** Of HTTP; missing where the answer was lost. */
  status?: number;
  /** Milliseconds from request to answer. */
  took?: number;
  /** The JSON that came from the bot: the whole gateway payload, or the body of the request. */
  request?: unknown;
  /** The files that came with a request. */
  files?: { name: string; size: number }[];
  /** The JSON that went to the bot: the whole gateway payload, or the body of the answer. */
  response?: unknown;
}

interface ClientInteractionBase {
  user_id: string;
  channel_id: string;
  /** The language the person uses Discord in: "en-US" or "fr". */
  locale: string;
  /** Made by the page, comes back in INTERACTION_SUCCESS or INTERACTION_FAILURE. */
  nonce: string;
}

export interface ClientCommandInteraction extends ClientInteractionBase {
  type: 2;
  data: {
    id: string;
    name: string;
    type: 1;
    /** The value of an attachment option is the number of its file: "0" for files[0]. */
    options: { name: string; type: number; value: string | number | boolean }[];
  };
}

interface ClientMessageCommandInteraction extends ClientInteractionBase {
  type: 2;
  data: { id: string; name: string; type: 3; target_id: string };
}

interface ClientComponentInteraction extends ClientInteractionBase {
  type: 3;
  message_id: string;
  data: { component_type: 2; custom_id: string };
}

export type ClientInteraction =
  | ClientCommandInteraction
  | ClientMessageCommandInteraction
  | ClientComponentInteraction;

export interface ClientMessage {
  user_id: string;
  content: string;
  nonce: string;
}
