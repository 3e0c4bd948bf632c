import { createServer } from "node:http";
import type { Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { app } from "./app.ts";
import { faults } from "./faults.ts";
import { gateway } from "./gateway/gateway.ts";
import { guildControl } from "./guilds/guild-control.ts";
import type { LocalDiscord, LocalDiscordOptions } from "./local-discord.ts";
import { listen, stopListening } from "./listen.ts";
import { clock } from "./state/clock.ts";
import { type Discord, openDiscord } from "./state/discord.ts";
import { guildSummary } from "./state/guild-payload.ts";
import { fileJournal, memoryJournal } from "./state/journal.ts";
import { person } from "./state/world.ts";
import { upgrades } from "./upgrades.ts";
import { scriptedUser, describeMessages } from "./users/scripted-user.ts";
import type { Waits } from "./users/wait.ts";
import { createWaits } from "./users/wait.ts";

export type { LocalDiscord, LocalDiscordOptions } from "./local-discord.ts";

/**
 * Starts a local Discord on 127.0.0.1.
 * @throws Error with instructions when the port or the folder is in use, or when the stored data is damaged
 */
export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const server = createServer();
  // Listens before it opens the folder, because the process on the port may be using the folder.
  const port = await listen(server, options.port);
  try {
    return serve(server, port, options);
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

function serve(server: Server, port: number, options: LocalDiscordOptions): LocalDiscord {
  const { folder, log = () => {}, rateLimits = true, onRequest } = options;
  const origin = `http://127.0.0.1:${port}`;
  const gatewayAddress = `ws://127.0.0.1:${port}/gateway`;
  const journal = folder ? fileJournal(folder) : memoryJournal();
  const time = clock();
  const discord = openDiscord({ ...options, journal, time, cdn: origin });
  const { botToken, applicationId, guilds } = discord.world;
  const [firstGuild] = guilds;
  const waits = createWaits(discord);
  const { heartbeatInterval = 41_250, privilegedIntents = 0 } = options;
  const bots = gateway(discord, time, { address: gatewayAddress, heartbeatInterval, privilegedIntents });
  const faultList = faults();
  const sockets = upgrades(server, discord, { bots, faults: faultList });
  const respond = getRequestListener(
    app(discord, { gateway: gatewayAddress, log, rateLimits, privilegedIntents, faults: faultList }).fetch,
  );
  server.on("request", (request, response) => {
    onRequest?.({ method: request.method ?? "", path: request.url ?? "" });
    void respond(request, response);
  });

  async function close(): Promise<void> {
    waits.close();
    time.close();
    faultList.close();
    sockets.close();
    await stopListening(server);
    journal.close();
  }
  let closed: Promise<void> | undefined;
  return {
    api: `${origin}/api`,
    page: `${origin}/`,
    cdn: origin,
    botToken,
    applicationId,
    guildId: firstGuild.id,
    get guilds() {
      return guilds.map((guild) => guildSummary(discord.world, guild));
    },
    get channelId() {
      return firstGuild.channels[0]?.id ?? "";
    },
    ...guildControl(discord),
    ...observation(discord, waits),
    subscribe: (listener) => discord.events.subscribe(listener),
    gateway: bots,
    fault: (fault) => faultList.add(fault),
    now: time.now,
    advance: (milliseconds) => time.advance(milliseconds),
    user: (name) => scriptedUser(discord, discord.world.users[name], waits),
    visitor: (name) => scriptedUser(discord, person(discord.nextSnowflake(), name), waits),
    close: () => (closed ??= close()),
  };
}

type Observation = Pick<LocalDiscord, "messages" | "waitForMessage" | "waitForCommand" | "traffic">;

function observation(discord: Discord, waits: Waits): Observation {
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
    traffic: discord.traffic.kept,
  };
}
