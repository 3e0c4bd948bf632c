import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import type { ClientGuild, TrafficEntry } from "./client-protocol.ts";
import type { Fault } from "./faults.ts";
import type { GatewayControl } from "./gateway/gateway.ts";
import type { GuildControl } from "./guilds/guild-control.ts";
import type { LocalDiscordEvent } from "./state/events.ts";
import type { UserName } from "./state/world.ts";
import type { ScriptedUser } from "./users/scripted-user.ts";
import type { WaitOptions } from "./users/wait.ts";

export interface LocalDiscordOptions {
  /** Port on 127.0.0.1; 0 lets the system choose. */
  port: number;
  /** Folder that keeps messages, attachments, commands and ids; default: in memory, until close(). */
  folder?: string;
  /** Called with one line for each internal error, and for each registered command that needs a feature that is not built. */
  log?: (line: string) => void;
  /** The bot's user name; default "bot". */
  botName?: string;
  /** Name of the first guild; default "Local Guild". */
  guildName?: string;
  /** Locale of the guilds; default "en-US". */
  preferredLocale?: string;
  /** Bits of the privileged intents that the bot may use (others close with 4014); default none. */
  privilegedIntents?: number;
  /** Whether API requests have rate limits; default true. */
  rateLimits?: boolean;
  /** Milliseconds between heartbeats of a bot; default 41,250. */
  heartbeatInterval?: number;
  /** Called for each HTTP request before it is handled; `path` includes the query. */
  onRequest?: (request: { method: string; path: string }) => void;
}

/** A running local Discord. */
export interface LocalDiscord extends GuildControl {
  /** URL of the API without its version, for `new Client({ rest: { api } })`. */
  api: string;
  /** URL of the page. */
  page: string;
  /** Origin of the URLs of attachments. */
  cdn: string;
  botToken: string;
  applicationId: string;
  /** The guilds with their channels as they are now. */
  readonly guilds: readonly ClientGuild[];
  /** Id of the first guild. */
  guildId: string;
  /** Id of the channel that is now the first of the first guild; "" if it has none. */
  readonly channelId: string;
  /** One of the three people, scripted by a test. */
  user(name: UserName): ScriptedUser;
  /** Adds a person to both guilds. Visitors have no page and no direct messages. */
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
  /** Resolves with the command of this name as soon as it is registered. */
  waitForCommand(name: string, options?: WaitOptions): Promise<APIApplicationCommand>;
  /** Calls the listener synchronously for each event; returns a function that unsubscribes. */
  subscribe(listener: (event: LocalDiscordEvent) => void): () => void;
  /** The last 1,000 gateway payloads and API requests, oldest first. */
  traffic(): readonly TrafficEntry[];
  /** Disturbs the bot's gateway connections. */
  gateway: GatewayControl;
  /** Injects a fault into requests; returns a function that removes it. */
  fault(fault: Fault): () => void;
  /** Ends all connections, timers and waits. */
  close(): Promise<void>;
}
