import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIReaction,
  APIUser,
  ChannelType,
  ComponentType,
  ModalSubmitComponent,
  ThreadChannelType,
} from "discord-api-types/v10";

/*
 * The protocol between the page and the server. The page is a Discord client for one person at a time.
 *
 * GET  /client?user=<id or username>    WebSocket: the server sends ClientEvents, the page sends ClientRequests. READY says
 *                                       whose view it is: that of the application's owner if the user is missing or unknown.
 *                                       A page that reconnects adds &since=<id>, with the `since` of its first READY
 * POST /client/interactions             ClientInteraction → 204, or 400 {message}; for a modal with invalid values
 *                                       400 {message, errors}, in which errors is what is wrong with each input by custom id
 * POST /client/channels/<id>/messages   ClientMessage → 200 APIMessage, or 400 {message}
 * POST /client/channels/<id>/threads    ClientNewThread → 200 APIThreadChannel, or 400 {message}; in a forum it is a post
 * PATCH /client/channels/<thread id>    ClientThreadEdit → 200 APIThreadChannel, or 400 {message}
 * PUT, DELETE /client/channels/<thread id>/thread-members/<user id>
 *                                       ClientPerson → 204, or 400 {message}; the person's own id joins or leaves
 * PUT, DELETE /client/messages/<id>/reactions/<emoji>
 *                                       ClientPerson → 204, or 400 {message}
 * PUT, DELETE /client/messages/<id>/pin ClientPerson → 204, or 400 {message}
 * POST /client/channels/<id>/typing     ClientPerson → 204, or 400 {message}
 *      A request with files is a form, as on Discord: the JSON in payload_json, the files in files[0], files[1] …
 * GET  /avatars/<user id>/<avatar>.png  the avatar of an APIUser
 */

export interface ClientChannel {
  id: string;
  name: string;
  type: ChannelType;
  /** Whether the channel is age-restricted. */
  nsfw: boolean;
  topic: string | null;
  /** Id of its category, which is a channel too; null for none, and for threads. */
  category_id: string | null;
  /** Seconds between messages of a person (slow mode); 0 for none. */
  rate_limit_per_user: number;
  /** Bits of the person's permissions in it; those of @everyone if this is nobody's view. */
  permissions: string;
}

/** A thread, or a post of a forum. It is age-restricted if its parent is. */
export interface ClientThread extends ClientChannel {
  /** Only members and those with Manage Threads see a private thread. */
  type: ThreadChannelType;
  parent_id: string;
  /** Id of the user who created it. */
  owner_id: string;
  archived: boolean;
  /** Whether only those with Manage Threads can post in it, or unarchive it. */
  locked: boolean;
  /** Whether the members of a private thread can add others; else its owner and those with Manage Threads. */
  invitable: boolean;
  /** Ids of its members, the bot included. */
  member_ids: string[];
  /** Number of its messages, without that which it was created with. */
  message_count: number;
  /** Id of its newest message; null while it has no messages. */
  last_message_id: string | null;
}

export interface ClientRole {
  id: string;
  name: string;
  /** RGB; 0 for none. */
  color: number;
  /** Whether its members are listed apart. */
  hoist: boolean;
  /** Ids of its members; none for @everyone. */
  member_ids: string[];
}

export interface ClientGuild {
  id: string;
  name: string;
  /** Whether the bot is a member. */
  has_bot: boolean;
  /** In the order in which they are listed: those without a category, then each category with its channels. */
  channels: ClientChannel[];
  /** The threads that the person sees, archived ones included, in the order in which they were created. */
  threads: ClientThread[];
  /** Ids of its members, the bot included. */
  member_ids: string[];
  /** By user id, the nicknames of members. */
  nicks: Record<string, string>;
  /** The first role is @everyone, the last one the highest. */
  roles: ClientRole[];
}

/** A modal that the bot opens for the person. `id` names it when the person submits it. */
export interface ClientModal extends APIModalInteractionResponseCallbackData {
  id: string;
}

export interface ClientReady {
  /** The person whose view this is. */
  user: APIUser;
  /** All people that the page can switch to. */
  users: APIUser[];
  guilds: ClientGuild[];
  /** The channel of the person's direct messages with the bot. */
  direct: { id: string };
  bot: APIUser;
  /** Whether the bot has an open gateway connection. */
  bot_online: boolean;
  /** By channel id, the commands of all types that the person may use there. */
  commands: Record<string, APIApplicationCommand[]>;
  /** Id of the moment of READY. A reconnecting page repeats the first one, to get the ephemeral messages after it again. */
  since: string;
  /**
   * By channel id, the messages that the person can see, oldest first. Ephemeral ones only if they are newer than the `since` of
   * a reconnecting page: as on Discord, they are gone after a reload.
   */
  messages: Record<string, APIMessage[]>;
}

/**
 * An event from the server, named and shaped like Discord's. An ephemeral message (flag 1 << 6) reaches only the person it is
 * for. A deferred answer is a message with the flag LOADING (1 << 7) until it is edited.
 */
export type ClientEvent =
  | { t: "READY"; d: ClientReady }
  | { t: "MESSAGE_CREATE" | "MESSAGE_UPDATE"; d: APIMessage }
  | { t: "MESSAGE_DELETE"; d: { id: string; channel_id: string } }
  /** All reactions to a message as the person sees them, after a change. */
  | { t: "MESSAGE_REACTIONS"; d: { id: string; channel_id: string; reactions: APIReaction[] } }
  /** Somebody else is typing: for 10 s, or until their message comes. */
  | { t: "TYPING_START"; d: { channel_id: string; user_id: string } }
  | { t: "COMMANDS_UPDATE"; d: ClientReady["commands"] }
  /** Guilds, channels or threads have changed. All guilds as the person sees them now; COMMANDS_UPDATE follows. */
  | { t: "GUILDS_UPDATE"; d: ClientGuild[] }
  /**
   * The person was added to a private thread, or sees a channel again: its messages until now, oldest first. It comes before
   * GUILDS_UPDATE.
   */
  | { t: "CHANNEL_MESSAGES"; d: { channel_id: string; messages: APIMessage[] } }
  /** The name or avatar of the bot has changed. */
  | { t: "USER_UPDATE"; d: APIUser }
  | { t: "BOT_STATUS"; d: { online: boolean } }
  /** The bot acknowledged the interaction within 3 s, or failed to. */
  | { t: "INTERACTION_SUCCESS" | "INTERACTION_FAILURE"; d: { nonce: string } }
  /** The bot suggests choices for the option that the interaction of this nonce is about. INTERACTION_SUCCESS follows. */
  | {
      t: "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE";
      d: { nonce: string; choices: readonly APIApplicationCommandOptionChoice[] };
    }
  /** The bot answered the interaction of this nonce with a modal. It reaches all windows of the person; the one that sent the nonce shows it. */
  | { t: "MODAL_CREATE"; d: { nonce: string; modal: ClientModal } }
  /** Sent only to pages that watch the traffic: first the recorded entries, then each new one, oldest first. */
  | { t: "TRAFFIC"; d: TrafficEntry[] };

/** A request that the page sends over its WebSocket: to start or stop watching the traffic. */
export interface ClientRequest {
  t: "WATCH_TRAFFIC";
  d: { on: boolean };
}

/**
 * One gateway payload, or one HTTP request with its response: of the bot to the API, or to the interactions endpoint of the bot.
 * Heartbeats are not recorded.
 */
export interface TrafficEntry {
  /** Number of the entry; strictly increasing. */
  id: number;
  /** Time in milliseconds since 1970, by the local Discord's clock. */
  at: number;
  /**
   * "gateway-in" is a payload from the bot, "gateway-out" one to the bot, "rest" a request of the bot with its response, "endpoint"
   * a request to the interactions endpoint with the response of the bot.
   */
  kind: "gateway-in" | "gateway-out" | "rest" | "endpoint";
  /** Title, as in "MESSAGE_CREATE", "Identify" or "POST /channels/1573794232416600066/messages". Tokens are "[token]". */
  title: string;
  /** HTTP status; missing if a fault dropped the response, and if an endpoint did not answer. */
  status?: number;
  /** Milliseconds from request to response. */
  took?: number;
  /** What is wrong with the answer of an endpoint, as in "answered 404 Not Found". */
  problem?: string;
  /** Whether the request to an endpoint has an invalid signature, which the bot must refuse. */
  forged?: boolean;
  /** JSON from the bot: the whole gateway payload, the request body, or the answer of an endpoint. */
  request?: unknown;
  /** Files of the request; `size` is in bytes. */
  files?: { name: string; size: number }[];
  /** JSON to the bot: the whole gateway payload, the response body, or the interaction for an endpoint. */
  response?: unknown;
}

interface ClientInteractionBase {
  user_id: string;
  channel_id: string;
  /** Language of the person's Discord client, one of Discord's locales, such as "de". */
  locale: string;
  /** Chosen by the page; INTERACTION_SUCCESS or INTERACTION_FAILURE repeats it. */
  nonce: string;
}

export interface ClientCommandInteraction extends ClientInteractionBase {
  type: 2;
  data: {
    id: string;
    /** Name of the command; of a subcommand with its command and group, as in "project create". */
    name: string;
    type: 1;
    /** The value of an attachment option is the index of its file: "0" for files[0]. */
    options: { name: string; type: number; value: string | number | boolean }[];
  };
}

/**
 * Asks for choices of the option that the person fills in, which has `focused` and the typed text. The bot's choices come in
 * APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE.
 */
export interface ClientAutocompleteInteraction extends ClientInteractionBase {
  type: 4;
  data: {
    id: string;
    name: string;
    type: 1;
    options: (ClientCommandInteraction["data"]["options"][number] & { focused?: true })[];
  };
}

/** Uses a command in the menu of a person (type 2) or of a message (type 3). */
export interface ClientMenuCommandInteraction extends ClientInteractionBase {
  type: 2;
  data: { id: string; name: string; type: 2 | 3; target_id: string };
}

interface ClientButtonInteraction extends ClientInteractionBase {
  type: 3;
  message_id: string;
  data: { component_type: ComponentType.Button; custom_id: string };
}

interface ClientSelectInteraction extends ClientInteractionBase {
  type: 3;
  message_id: string;
  data: { component_type: 3 | 5 | 6 | 7 | 8; custom_id: string; values: string[] };
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** The value of one input of a modal. */
type ClientModalValue = WithoutId<ModalSubmitComponent>;

/**
 * Submits a modal. `components` are the values of its inputs, in the form in which Discord sends them to bots but without the
 * labels and texts around them. The values of a file upload are indexes of its files: "0" for files[0].
 */
export interface ClientModalSubmit extends ClientInteractionBase {
  type: 5;
  modal_id: string;
  data: { components: ClientModalValue[] };
}

export type ClientInteraction =
  | ClientCommandInteraction
  | ClientAutocompleteInteraction
  | ClientMenuCommandInteraction
  | ClientButtonInteraction
  | ClientSelectInteraction
  | ClientModalSubmit;

export interface ClientMessage {
  user_id: string;
  content: string;
  nonce: string;
}

/** Creates a thread, or a post in a forum. Files of the request belong to the first message of a post. */
export interface ClientNewThread {
  user_id: string;
  /** 1 to 100 characters. */
  name: string;
  /** The message from which a thread is created; a post has none. */
  message_id?: string;
  /** Whether only its members see the thread; only without `message_id`. */
  private?: boolean;
  /** The text of the first message of a post. */
  content?: string;
}

export interface ClientThreadEdit {
  user_id: string;
  name?: string;
  archived?: boolean;
  locked?: boolean;
  invitable?: boolean;
}

/** Who does what the path of a request says. */
export interface ClientPerson {
  user_id: string;
}
