import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import type { ClientGuild, TrafficEntry } from "./client-protocol.ts";
import type { Fault } from "./faults.ts";
import type { GatewayControl } from "./gateway/gateway.ts";
import type { LocalDiscordEvent } from "./state/events.ts";
import type { UserName } from "./state/world.ts";
import type { ScriptedUser } from "./users/scripted-user.ts";
import type { WaitOptions } from "./users/wait.ts";

export interface LocalDiscordOptions {
  /** 0 lets the system choose. */
  port: number;
  /** Where messages, attachments, commands and ids are kept; without it they are gone after close(). */
  folder?: string;
  /** What the local Discord itself did wrong, one line a fault. */
  log?: (line: string) => void;
  /** The bot's user name; "bot" unless told. */
  botName?: string;
  /** Of the first of the two; "Local Guild" unless told. */
  guildName?: string;
  /** Of the guilds; "en-US" unless told. */
  preferredLocale?: string;
  /** Bits of the privileged intents that are switched on for the bot (4014 for others); none unless told. */
  privilegedIntents?: number;
  /** Whether requests to the API are limited as Discord limits them; they are unless told. */
  rateLimits?: boolean;
  /** Milliseconds between heartbeats of a bot; 41,250 unless told. */
  heartbeatInterval?: number;
  /** Told of each HTTP request as it arrives, before anything is done with it; `path` is as it was asked for. */
  onRequest?: (request: { method: string; path: string }) => void;
}

/** A running local Discord. */
export interface LocalDiscord {
  /** For discord.js: `new Client({ rest: { api } })`. */
  api: string;
  /** Address of the page. */
  page: string;
  /** Origin of attachments. */
  cdn: string;
  botToken: string;
  applicationId: string;
  guilds: readonly ClientGuild[];
  /** The first guild's. */
  guildId: string;
  /** The first channel's of the first guild. */
  channelId: string;
  user(name: UserName): ScriptedUser;
  /** One more person each time, who is in both guilds, but on no page and without direct messages. */
  visitor(name: string): ScriptedUser;
  /** Milliseconds since 1970, by the clock of the local Discord. */
  now: () => number;
  /**
   * Lets so many milliseconds pass at once: for the age of interactions and their tokens, the time in ids and messages, and
   * rate limits. Throws for less than none.
   */
  advance(milliseconds: number): void;
  /** All there is, ephemeral messages too, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
  /** The registered command of this name, as soon as there is one. */
  waitForCommand(name: string, options?: WaitOptions): Promise<APIApplicationCommand>;
  /** Told of everything that happens, in the midst of it; returns what ends that. */
  subscribe(listener: (event: LocalDiscordEvent) => void): () => void;
  /** The last 1,000 gateway payloads and API requests, oldest first. */
  traffic(): readonly TrafficEntry[];
  /**
   * Takes these permissions (bits of Discord's PermissionFlagsBits) in a guild's channel from the bot, and gives it back
   * all others.
   */
  denyBot(channelId: string, permissions: bigint): void;
  /** Lets the bot's connections to the gateway go wrong. */
  gateway: GatewayControl;
  /** Lets requests go wrong until the returned function is called. */
  fault(fault: Fault): () => void;
  /** Ends every connection, timer and wait. */
  close(): Promise<void>;
}
