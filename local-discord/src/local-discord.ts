import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import type { ClientGuild, TrafficEntry } from "./client-protocol.ts";
import type { Fault } from "./faults.ts";
import type { GatewayControl } from "./gateway/gateway.ts";
import type { MemberControl } from "./guilds/member-control.ts";
import type { GuildControl } from "./guilds/guild-control.ts";
import type { LocalDiscordEvent } from "./state/events.ts";
import type { WorldDescription } from "./state/world-description.ts";
import type { ScriptedUser } from "./users/scripted-user.ts";
import type { WaitOptions } from "./users/wait.ts";

export interface LocalDiscordOptions {
  /** Port on 127.0.0.1; default 0, which lets the system choose. */
  port?: number;
  /** Folder that keeps messages, attachments, commands and ids; default: in memory, until close(). */
  folder?: string;
  /** Called with one line for each internal error, and for each registered command that needs a feature that is not built. */
  log?: (line: string) => void;
  /** The bot, the people and the guilds; default: a built-in world, which the next three options change. */
  world?: WorldDescription;
  /** The bot's user name; default "bot". */
  botName?: string;
  /** Name of the first guild; default "Local Guild". */
  guildName?: string;
  /** Locale of the guilds; default "en-US". */
  preferredLocale?: string;
  /** Token of the bot; default: that of `world`, that of an earlier run with this folder, or a random one. */
  token?: string;
  /**
   * Makes ids, tokens and timestamps the same in every run with this seed. The clock then starts at the beginning of 2026, and ids
   * and timestamps stand still until `advance`. Not together with `folder`.
   */
  seed?: number | string;
  /**
   * URL of a bot that gets its interactions by HTTP instead of the gateway. It is verified as soon as something listens there.
   * Default: that of an earlier run with this folder, or none.
   */
  interactionsUrl?: string;
  /** Bits of the privileged intents that the bot may use (others close with 4014); default none. */
  privilegedIntents?: number;
  /** Whether API requests have rate limits; default true. */
  rateLimits?: boolean;
  /** Milliseconds between heartbeats of a bot; default 41,250. */
  heartbeatInterval?: number;
  /** Milliseconds after which a wait without its own timeout ends; default 10,000. */
  waitTimeout?: number;
  /** Called for each HTTP request before it is handled; `path` includes the query. */
  onRequest?: (request: { method: string; path: string }) => void;
}

/** A running local Discord. */
export interface LocalDiscord extends GuildControl, MemberControl, AsyncDisposable {
  /** URL of the API without its version, for `new Client({ rest: { api } })`. */
  api: string;
  /** URL of the page. */
  page: string;
  /** Origin of the URLs of attachments. */
  cdn: string;
  botToken: string;
  applicationId: string;
  /** The Ed25519 key that verifies signatures of requests to the interactions endpoint, in hexadecimal digits. */
  publicKey: string;
  /**
   * Sets the URL to which interactions are sent by HTTP, after it has answered a PING and refused an invalid signature; null sends
   * them to the gateway.
   * @throws Error that says what is wrong with the endpoint; the former one stays
   */
  setInteractionsUrl(url: string | null): Promise<void>;
  /** The guilds with their channels as they are now. */
  readonly guilds: readonly ClientGuild[];
  /** Id of the first guild. */
  guildId: string;
  /** Id of the text channel that is now the first of the first guild; "" if it has none. */
  readonly channelId: string;
  /**
   * One of the people, scripted by a test: ketchup, mustard or relish, or one of the described world.
   * @throws Error for another name
   */
  user(name: string): ScriptedUser;
  /** Adds a person to all guilds. Visitors have no page and no direct messages. */
  visitor(name: string): ScriptedUser;
  /** Current time by the local Discord's clock, in milliseconds since 1970. */
  now: () => number;
  /**
   * Moves the clock forward: interactions and tokens age, rate limits reset, ids and messages get later times.
   * @throws Error for a negative number
   */
  advance(milliseconds: number): void;
  /** All messages, ephemeral ones included, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
  /** Resolves when a bot is connected and has been sent READY, or when the interactions endpoint is verified. */
  waitForBot(options?: WaitOptions): Promise<void>;
  /** Resolves with the command of this name as soon as it is registered. */
  waitForCommand(name: string, options?: WaitOptions): Promise<APIApplicationCommand>;
  /** Calls the listener synchronously for each event; returns a function that unsubscribes. */
  subscribe(listener: (event: LocalDiscordEvent) => void): () => void;
  /** The last 1,000 gateway payloads and API requests, oldest first. */
  traffic(): readonly TrafficEntry[];
  /** One sentence for each feature that a bot has used and the local Discord does not have, oldest first. */
  notBuilt(): readonly string[];
  /** Disturbs the bot's gateway connections. */
  gateway: GatewayControl;
  /** Injects a fault into requests; returns a function that removes it. */
  fault(fault: Fault): () => void;
  /** Ends all connections, timers and waits. `await using` calls it too. */
  close(): Promise<void>;
}
