import { Events, SimpleShardingStrategy, type Client } from "discord.js";
import type { Log } from "../platform/log.ts";

export interface GatewayObserver {
  /** Called when the connection is lost: once per outage, however often reconnecting fails. */
  gatewayLost(): void;
  /** Called when the connection is back and its session continues. */
  gatewayResumed(): void;
}

/**
 * Logs and counts each outage of the gateway once, although discord.js tries to reconnect twice a second.
 * @returns a promise of the reason if the gateway closes the connection for good, for example because the token was reset
 */
export function watchGateway(
  client: Client,
  { log, observe }: { log: Log; observe?: GatewayObserver | undefined },
): Promise<string> {
  const lost = Promise.withResolvers<string>();
  /** The state of each shard that was ever connected. */
  const connections = new Map<number, "up" | "down">();
  /** Shards whose failure to connect is already logged. */
  const logged = new Set<number>();

  function failed(shard: number, reason?: string): void {
    const level = logged.has(shard) ? "debug" : "warn";
    logged.add(shard);
    log[level]({ shard, reason }, "the gateway cannot be reached; retrying");
  }

  function back(shard: number, message: string): void {
    if (connections.get(shard) === "down") log.info({ shard }, message);
    connections.set(shard, "up");
    logged.delete(shard);
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
 * Keeps trying to connect if the first handshake fails. discord.js does so by default too, but it also rejects the login, so
 * that nobody would notice the later success.
 */
export class PersistentStrategy extends SimpleShardingStrategy {
  override async connect(): Promise<void> {
    // The client's events report the reason: ShardError, or ShardDisconnect if retrying is useless.
    await super.connect().catch(() => {});
  }
}
