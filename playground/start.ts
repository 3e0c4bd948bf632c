import { createServer } from "node:http";
import type { Server } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import { app } from "./app.ts";
import type { ClientGuild, TrafficEntry } from "./client-protocol.ts";
import type { Fault } from "./faults.ts";
import { faults } from "./faults.ts";
import type { GatewayControl } from "./gateway/gateway.ts";
import { gateway } from "./gateway/gateway.ts";
import { listen, stopListening } from "./listen.ts";
import type { Clock } from "./state/clock.ts";
import { clock } from "./state/clock.ts";
import { folderAttachments, memoryAttachments } from "./state/attachments.ts";
import { commands } from "./state/commands.ts";
import type { Discord } from "./state/discord.ts";
import { events } from "./state/events.ts";
import { outline } from "./state/guild.ts";
import { interactions } from "./state/interactions.ts";
import type { Journal } from "./state/journal.ts";
import { fileJournal, memoryJournal } from "./state/journal.ts";
import { messages } from "./state/messages.ts";
import { denyBot } from "./state/permissions.ts";
import { snowflakes } from "./state/snowflake.ts";
import { traffic } from "./state/traffic.ts";
import type { UserName, World } from "./state/world.ts";
import { world } from "./state/world.ts";
import { upgrades } from "./upgrades.ts";
import type { ScriptedUser } from "./users/scripted-user.ts";
import { scriptedUser, seen } from "./users/scripted-user.ts";
import type { WaitOptions, Waiting } from "./users/wait.ts";
import { waiting } from "./users/wait.ts";

export interface PlaygroundOptions {
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
}

/** A running local Discord. */
export interface Playground {
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
  /** Milliseconds since 1970, by the clock of the local Discord. */
  now: () => number;
  /**
   * Lets so many milliseconds pass at once: for the age of interactions and their tokens, the time in ids and messages, and
   * rate limits.
   */
  advance(milliseconds: number): void;
  /** All there is, ephemeral messages too, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
  /** The registered command of this name, as soon as there is one. */
  waitForCommand(name: string, options?: WaitOptions): Promise<APIApplicationCommand>;
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

/** Starts a local Discord on 127.0.0.1. Rejects with a sentence for people when the port is taken. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const server = createServer();
  // Before the folder is touched: whoever holds the port may be using it.
  const port = await listen(server, options.port);
  try {
    return serve(server, port, options);
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

function serve(server: Server, port: number, options: PlaygroundOptions): Playground {
  const { folder, log = () => {}, rateLimits = true } = options;
  const origin = `http://127.0.0.1:${port}`;
  const gatewayAddress = `ws://127.0.0.1:${port}/gateway`;
  const journal = folder ? fileJournal(folder) : memoryJournal();
  const time = clock();
  const discord = openDiscord(journal, time, { ...options, cdn: origin });
  const waits = waiting(discord.events);
  const { heartbeatInterval = 41_250, privilegedIntents = 0 } = options;
  const bots = gateway(discord, time, { address: gatewayAddress, heartbeatInterval, privilegedIntents });
  const sockets = upgrades(server, discord, bots);
  const breaking = faults();
  const respond = getRequestListener(
    app(discord, { gateway: gatewayAddress, log, rateLimits, faults: breaking }).fetch,
  );
  server.on("request", (request, response) => void respond(request, response));

  async function close(): Promise<void> {
    waits.close();
    time.close();
    sockets.close();
    await stopListening(server);
    journal.close();
  }
  let closed: Promise<void> | undefined;
  return {
    api: `${origin}/api`,
    page: `${origin}/`,
    cdn: origin,
    ...identity(discord.world),
    ...observation(discord, waits),
    traffic: discord.traffic.kept,
    gateway: bots,
    denyBot: (channelId, permissions) => denyBot(discord, channelId, permissions),
    fault: (fault) => breaking.add(fault),
    now: time.now,
    advance: (milliseconds) => time.advance(milliseconds),
    user: (name) => scriptedUser(discord, discord.world.users[name], waits),
    close: () => (closed ??= close()),
  };
}

function identity({ botToken, applicationId, guilds }: World) {
  const [{ id: guildId, channels }] = guilds;
  return { botToken, applicationId, guilds: guilds.map(outline), guildId, channelId: channels[0]?.id ?? "" };
}

function observation(discord: Discord, waits: Waiting) {
  const messages = () => discord.messages.all().map(({ message }) => message);
  const commands = () => discord.commands.all();
  const names = () => commands().map(({ name }) => name);
  return {
    messages,
    waitForMessage: (predicate: (message: APIMessage) => boolean, options?: WaitOptions) =>
      waits.until(
        () => messages().find(predicate),
        () => seen("anyone", messages()),
        options,
      ),
    waitForCommand: (wanted: string, options?: WaitOptions) =>
      waits.until(
        () => commands().find(({ name }) => name === wanted),
        () => `Registered: ${names().join(", ") || "no command"}.`,
        options,
      ),
  };
}

function openDiscord(
  journal: Journal,
  time: Clock,
  { cdn, folder, ...names }: PlaygroundOptions & { cdn: string },
): Discord {
  const { botName = "bot", guildName = "Local Guild", preferredLocale = "en-US" } = names;
  const nextSnowflake = snowflakes(time.now);
  const bus = events();
  const theWorld = world(journal, nextSnowflake, { cdn, botName, guildName, preferredLocale });
  return {
    world: theWorld,
    events: bus,
    messages: messages(journal, { events: bus, cdn }),
    attachments: folder ? folderAttachments(join(folder, "attachments")) : memoryAttachments(),
    commands: commands(theWorld.applicationId, { journal, events: bus, nextSnowflake }),
    interactions: interactions(bus, time),
    traffic: traffic(time.now),
    nextSnowflake,
    now: time.now,
  };
}
