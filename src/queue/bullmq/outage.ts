import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";

/** @returns what watches a connection: of all that are watched, it is said once that they are lost, and once that they are back */
export function outageWatch(log: Log): (client: Redis) => void {
  const down = new Set<Redis>();
  let lasting = false;

  function lost(client: Redis, error?: unknown): void {
    down.add(client);
    if (lasting) return;
    lasting = true;
    log.warn({ err: error }, "Redis cannot be reached; trying again until it works");
  }

  function back(client: Redis): void {
    down.delete(client);
    if (!lasting || down.size > 0) return;
    lasting = false;
    log.info("Redis can be reached again");
  }

  return (client) => {
    client.on("error", (error) => lost(client, error));
    client.on("reconnecting", () => lost(client));
    client.on("ready", () => back(client));
    // By us: that is not the end of an outage.
    client.on("end", () => void down.delete(client));
  };
}
