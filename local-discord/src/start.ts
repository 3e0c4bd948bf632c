import { createServer } from "node:http";
import type { Server } from "node:http";
import type { APIUser } from "discord-api-types/v10";
import { getRequestListener } from "@hono/node-server";
import { app } from "./app.ts";
import { type InteractionsEndpoint, interactionsEndpoint } from "./endpoint/endpoint.ts";
import { faults } from "./faults.ts";
import { gateway } from "./gateway/gateway.ts";
import { memberControl } from "./guilds/member-control.ts";
import { guildControl } from "./guilds/guild-control.ts";
import type { LocalDiscord, LocalDiscordOptions } from "./local-discord.ts";
import { listen, stopListening } from "./listen.ts";
import { firstChannelId } from "./state/channels.ts";
import { clock } from "./state/clock.ts";
import { type Discord, openDiscord } from "./state/discord.ts";
import { guildSummary } from "./state/guild-payload.ts";
import { fileJournal, memoryJournal } from "./state/journal.ts";
import { people, person, type World } from "./state/world.ts";
import { upgrades } from "./upgrades.ts";
import { scriptedUser, describeMessages } from "./users/scripted-user.ts";
import type { Waits } from "./users/wait.ts";
import { createWaits } from "./users/wait.ts";

export type { LocalDiscord, LocalDiscordOptions } from "./local-discord.ts";
export type { WorldDescription } from "./state/world-description.ts";

/**
 * Starts a local Discord on 127.0.0.1.
 * @throws Error with instructions when the port or the folder is in use, or when the stored data is damaged
 */
export async function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  assertCompatible(options);
  const server = createServer();
  // Listens before it opens the folder, because the process on the port may be using the folder.
  const port = await listen(server, options.port ?? 0);
  try {
    return serve(server, port, options);
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

/** Beginning of 2026, at which clocks start that are the same in every run. */
const SEEDED_START_MS = Date.UTC(2026, 0, 1);

/** @throws Error for options that contradict each other */
function assertCompatible({ folder, seed, world, ...names }: LocalDiscordOptions): void {
  if (folder !== undefined && seed !== undefined)
    throw new Error("A seed repeats ids, which a folder keeps. Set seed or folder, but not both.");
  const named = (["botName", "guildName", "preferredLocale"] as const).find(
    (name) => names[name] !== undefined,
  );
  if (world !== undefined && named !== undefined)
    throw new Error(`${named} is for the built-in world. Set it in the world instead.`);
}

function serve(server: Server, port: number, options: LocalDiscordOptions): LocalDiscord {
  const { folder, log = () => {}, rateLimits = true, onRequest } = options;
  const origin = `http://127.0.0.1:${port}`;
  const gatewayAddress = `ws://127.0.0.1:${port}/gateway`;
  const journal = folder ? fileJournal(folder) : memoryJournal();
  const time = clock(options.seed === undefined ? undefined : SEEDED_START_MS);
  const discord = openDiscord({ ...options, log, journal, time, cdn: origin });
  const { botToken, applicationId, guilds } = discord.world;
  const [firstGuild] = guilds;
  const waits = createWaits(discord, options.waitTimeout);
  const { heartbeatInterval = 41_250, privilegedIntents = 0 } = options;
  const bots = gateway(discord, time, { address: gatewayAddress, heartbeatInterval, privilegedIntents });
  const faultList = faults();
  const endpoint = interactionsEndpoint(discord, { url: options.interactionsUrl, log });
  const isOnline = () => bots.isOnline() || endpoint.isVerified();
  const sockets = upgrades(server, discord, { bots, isOnline, faults: faultList });
  const served = { gateway: gatewayAddress, log, rateLimits, privilegedIntents, endpoint, faults: faultList };
  const respond = getRequestListener(app(discord, served).fetch);
  server.on("request", (request, response) => {
    onRequest?.({ method: request.method ?? "", path: request.url ?? "" });
    void respond(request, response);
  });

  async function close(): Promise<void> {
    waits.close();
    endpoint.close();
    time.close();
    faultList.close();
    sockets.close();
    await stopListening(server);
    journal.close();
  }
  let closed: Promise<void> | undefined;
  const closeOnce = () => (closed ??= close());
  return {
    api: `${origin}/api`,
    page: `${origin}/`,
    cdn: origin,
    botToken,
    applicationId,
    publicKey: discord.world.signingKey.publicKey,
    setInteractionsUrl: (url) => endpoint.set(url),
    guildId: firstGuild.id,
    get guilds() {
      return guilds.map((guild) => guildSummary(discord.world, guild));
    },
    get channelId() {
      return firstChannelId(firstGuild);
    },
    ...guildControl(discord),
    ...memberControl(discord),
    ...observation(discord, waits, { isOnline, endpoint }),
    subscribe: (listener) => discord.events.subscribe(listener),
    gateway: bots,
    fault: (fault) => faultList.add(fault),
    now: time.now,
    advance: (milliseconds) => time.advance(milliseconds),
    user: (name) => scriptedUser(discord, personNamed(discord.world, name), waits),
    visitor: (name) => scriptedUser(discord, person(discord.nextSnowflake(), name), waits),
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/** @throws Error for an unknown name */
function personNamed(world: World, name: string): APIUser {
  const found = people(world).find(({ username }) => username === name);
  if (found) return found;
  const names = people(world).map(({ username }) => username);
  throw new Error(`There is no person ${name}. The people are: ${names.join(", ")}.`);
}

type Observation = Pick<
  LocalDiscord,
  "messages" | "waitForMessage" | "waitForCommand" | "waitForBot" | "traffic" | "notBuilt"
>;

function observation(
  discord: Discord,
  waits: Waits,
  { isOnline, endpoint }: { isOnline: () => boolean; endpoint: InteractionsEndpoint },
): Observation {
  const messages = () => discord.messages.all().map(({ message }) => message);
  const commands = () => discord.commands.all();
  const names = () => commands().map(({ name }) => name);
  return {
    messages,
    waitForMessage: (predicate, options) =>
      waits.until(
        () => messages().find(predicate),
        () => describeMessages("anyone", messages()),
        options,
      ),
    waitForCommand: (commandName, options) =>
      waits.until(
        () => commands().find(({ name }) => name === commandName),
        () => `Registered: ${names().join(", ") || "no command"}.`,
        options,
      ),
    async waitForBot(options) {
      await waits.until(
        () => isOnline() || undefined,
        () => endpoint.problem() ?? "No bot is connected.",
        options,
      );
    },
    traffic: discord.traffic.kept,
    notBuilt: () => discord.notBuilt.all(),
  };
}
