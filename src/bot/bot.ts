import { Client, Events, GatewayIntentBits, Partials, Status } from "discord.js";
import { inOneLine, registerCommands } from "./register-commands.ts";
import { settleWithin } from "../platform/deadline.ts";
import { StartError } from "../platform/start-error.ts";
import { dispatch, type DispatchContext, type RequestObserver } from "./dispatch.ts";
import { PatientStrategy, watchGateway, type GatewayObserver } from "./gateway.ts";
import { inviteLink } from "./invite-link.ts";
import { limits } from "./limits.ts";
import { receiveMessage } from "./receive-message.ts";

/** Milliseconds for what is being acknowledged and queued. */
const STOP_DEADLINE = 2_000;

/** None is privileged. Of messages that neither mention us nor come directly, we get no content. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

interface BotOptions extends Omit<DispatchContext, "limits" | "commandIds"> {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  observe?: (GatewayObserver & RequestObserver) | undefined;
}

export interface Bot {
  /** @throws Error when it is not connected to the gateway */
  check(): void;
  /** Resolves with the reason when the gateway has closed the connection for good, as it does for a token that was reset. */
  lost: Promise<string>;
  /** Takes no more interactions, and resolves when those at hand are acknowledged and queued. */
  stop(): Promise<void>;
}

/**
 * Publishes the commands, connects to the gateway and hands every interaction to the queue.
 * @throws StartError when Discord cannot be reached or refuses the token
 */
export async function startBot({ token, api, ...parts }: BotOptions): Promise<Bot> {
  const { log, commands, observe } = parts;
  const { applicationId, changes, commandIds } = await registerCommands({ token, api, commands });
  const changed = inOneLine(changes);
  if (changed !== "") log.info(`the commands were published: ${changed}`);
  const context = { ...parts, commandIds, limits: limits() };
  const client = new Client({
    intents: INTENTS,
    partials: [Partials.Channel],
    shards: "auto",
    rest: { api },
    ws: { buildStrategy: (manager) => new PatientStrategy(manager) },
  });
  const underway = new Set<Promise<void>>();

  function keep(work: Promise<void>): void {
    const kept = work.finally(() => underway.delete(kept));
    underway.add(kept);
  }

  client.on(Events.InteractionCreate, (interaction) => keep(dispatch(interaction, context)));
  client.on(Events.MessageCreate, (message) => keep(receiveMessage(message, context)));
  const lost = watchGateway(client, { log, observe });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token).catch((error: Error) => {
    throw new StartError(`Discord cannot be reached at ${api}: ${error.message}`, { cause: error });
  });
  const { user } = await Promise.race([
    ready,
    lost.then((reason) => {
      throw new StartError(`Discord does not take the bot: ${reason}.`);
    }),
  ]);
  log.info(
    { bot: user.username, id: user.id, invite: inviteLink(applicationId, api) },
    "the bot is connected",
  );

  return {
    lost,
    check() {
      if (client.ws.shards.some(({ status }) => status !== Status.Ready))
        throw new Error("it is not connected to the gateway");
    },
    async stop() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await settleWithin(STOP_DEADLINE, [...underway]);
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}
