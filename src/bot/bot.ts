import {
  Client,
  Events,
  GatewayIntentBits,
  OAuth2Scopes,
  Partials,
  PermissionFlagsBits,
  Status,
} from "discord.js";
import { settleWithin } from "../platform/deadline.ts";
import { StartError } from "../platform/start-error.ts";
import { dispatch, type DispatchContext, type RequestObserver } from "./dispatch.ts";
import { findAdmins, logAdmins } from "./find-admins.ts";
import { PersistentStrategy, watchGateway, type GatewayObserver } from "./gateway.ts";
import { limiter } from "./limits.ts";
import { receiveMessage } from "./receive-message.ts";
import { describeChanges, registerCommands } from "./register-commands.ts";

/** Time for interactions that are being acknowledged and queued. */
const STOP_DEADLINE_MS = 2_000;

/** No intent is privileged. Discord sends no content of messages that neither mention the bot nor are direct messages. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** Read Message History is needed to find an earlier answer. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

interface BotOptions extends Omit<DispatchContext, "limiter" | "commandIds" | "admins"> {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  /** The guild whose moderators look after the hot dogs; by default the only guild of a private application. */
  homeGuildId?: string | undefined;
  observe?: (GatewayObserver & RequestObserver) | undefined;
}

export interface Bot {
  /** @throws Error if the bot is not connected to the gateway */
  check(): void;
  /** Resolves with the reason if the gateway closes the connection for good, for example because the token was reset. */
  lost: Promise<string>;
  /** Stops accepting interactions; resolves when those in progress are acknowledged and queued. */
  stop(): Promise<void>;
}

/**
 * Publishes the commands, connects to the gateway and dispatches every interaction.
 * @throws StartError if Discord cannot be reached or refuses the token
 */
export async function startBot({ token, api, homeGuildId, ...parts }: BotOptions): Promise<Bot> {
  const { log, commands, observe } = parts;
  const { application, changes, commandIds } = await registerCommands({ token, api, commands });
  const changed = describeChanges(changes);
  if (changed !== "") log.info(`the commands were published: ${changed}`);
  const client = new Client({
    intents: INTENTS,
    partials: [Partials.Channel],
    shards: "auto",
    rest: { api },
    ws: { buildStrategy: (manager) => new PersistentStrategy(manager) },
  });
  const guilds = () => client.guilds.cache;
  const admins = findAdmins(application, { homeGuildId, guilds });
  const context = { ...parts, commandIds, admins, limiter: limiter() };
  const inProgress = new Set<Promise<void>>();

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => inProgress.delete(tracked));
    inProgress.add(tracked);
  }

  client.on(Events.InteractionCreate, (interaction) => track(dispatch(interaction, context)));
  client.on(Events.MessageCreate, (message) => track(receiveMessage(message, context)));
  const lost = watchGateway(client, { log, observe });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token).catch((error: Error) => {
    throw new StartError(`Discord cannot be reached at ${api}: ${error.message}`, { cause: error });
  });
  const { user } = await Promise.race([
    ready,
    lost.then((reason) => {
      throw new StartError(`Discord refused the bot: ${reason}.`);
    }),
  ]);
  log.info(
    { bot: user.username, id: user.id, invite: inviteLink(application.id, api) },
    "the bot is connected",
  );
  const logHome = logAdmins(application, admins, { guilds, log });
  client.on(Events.GuildCreate, logHome);
  client.on(Events.GuildDelete, logHome);

  return {
    lost,
    check() {
      if (client.ws.shards.some(({ status }) => status !== Status.Ready))
        throw new Error("it is not connected to the gateway");
    },
    async stop() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await settleWithin(STOP_DEADLINE_MS, [...inProgress]);
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}

/** The page where people add the bot to a server; undefined if the API is not the real Discord's. */
export function inviteLink(applicationId: string, api: string): string | undefined {
  if (new URL(api).hostname !== "discord.com") return undefined;
  const link = new URL("https://discord.com/oauth2/authorize");
  link.searchParams.set("client_id", applicationId);
  link.searchParams.set("scope", [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(" "));
  link.searchParams.set("permissions", String(PERMISSIONS));
  return link.href;
}
