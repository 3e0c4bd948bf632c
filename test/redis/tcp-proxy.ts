import { once } from "node:events";
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * What happens to the bytes of a connection. "hang": none passes. "lose": what the client says is passed on, and the connection
 * is reset in place of the answer. "reset": it is reset at once, as are new ones.
 */
type Way = "pass" | "hang" | "lose" | "reset";

export interface TcpProxy extends AsyncDisposable {
  port: number;
  /** From now on, for the connections that stand and new ones. */
  behave(way: Way): void;
  /** Connections that stand. */
  connections(): number;
  /** Connections that were reset so far. */
  resets(): number;
}

/** Stands between clients and a server on this port of 127.0.0.1, on a port of its own. */
export async function startTcpProxy(upstream: number): Promise<TcpProxy> {
  const clients = new Set<Socket>();
  let way: Way = "pass";
  let count = 0;

  function reset(client: Socket): void {
    if (clients.delete(client)) count += 1;
    client.resetAndDestroy();
  }

  const server = createServer((client) => {
    clients.add(client);
    const passed = createConnection({ port: upstream, host: "127.0.0.1" });
    for (const socket of [client, passed]) socket.on("error", () => {}).setNoDelay();
    client.on("close", () => {
      clients.delete(client);
      passed.destroy();
    });
    passed.on("close", () => client.destroy());
    client.on("data", (bytes) => {
      if (way === "pass" || way === "lose") passed.write(bytes);
    });
    passed.on("data", (bytes) => {
      if (way === "lose") reset(client);
      else if (way === "pass") client.write(bytes);
    });
    if (way === "reset") reset(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => clients.size,
    resets: () => count,
    behave(next) {
      way = next;
      if (way === "reset") for (const client of clients) reset(client);
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
