import { Events, SimpleShardingStrategy, type Client } from "discord.js";
import type { Log } from "../platform/log.ts";

/** Told of the connection to the gateway. */
export interface GatewayObserver {
  /** The connection is lost. Called once per outage, however often reconnecting fails. */
  gatewayLost(): void;
  /** The connection is back, and its session goes on. */
  gatewayResumed(): void;
}

/**
 * Logs and counts each outage of the gateway once, although discord.js tries to reconnect twice a second.
 * @returns the reason when the gateway has closed the connection for good, as it does for a token that was reset
 */
export function watchGateway(
  client: Client,
  { log, observe }: { log: Log; observe?: GatewayObserver | undefined },
): Promise<string> {
  const lost = Promise.withResolvers<string>();
  /** State of each shard that was ever connected. */
  const connections = new Map<number, "up" | "down">();
  /** Shards whose failure to connect is in the log. */
  const told = new Set<number>();

  function failed(shard: number, reason?: string): void {
    const level = told.has(shard) ? "debug" : "warn";
    told.add(shard);
    log[level]({ shard, reason }, "the gateway cannot be connected to just now; trying again");
  }

  function back(shard: number, message: string): void {
    if (connections.get(shard) === "down") log.info({ shard }, message);
    connections.set(shard, "up");
    told.delete(shard);
  }

  client.on(Events.Error, (error) => log.error({ err: error }, "the gateway client failed"));
  client.on(Events.ShardError, ({ message }, shard) => failed(shard, message));
  client.on(Events.ShardDisconnect, ({ code }) =>
    lost.resolve(`the gateway closed the connection (${code})`),
  );
  client.on(Events.ShardReconnecting, (shard) => {
    if (connections.get(shard) !== "up") return failed(shard);
    connections.set(shard, "down");
    observe?.gatewayLost();
    return log.warn({ shard }, "the gateway connection was lost; reconnecting");
  });
  client.on(Events.ShardResume, (shard) => {
    observe?.gatewayResumed();
    back(shard, "the gateway connection is back");
  });
  client.on(Events.ShardReady, (shard) => back(shard, "the gateway connection is back, in a new session"));
  return lost.promise;
}

/**
 * Goes on connecting when the first handshake fails, as discord.js does with all later ones. By itself it also rejects the
 * login then, and connects all the same half a second later, with nobody to hear of it.
 */
export class PatientStrategy extends SimpleShardingStrategy {
  override async connect(): Promise<void> {
    // Why is told by events of the client: Events.ShardError, and Events.ShardDisconnect where there is no use in trying.
    await super.connect().catch(() => {});
  }
}
