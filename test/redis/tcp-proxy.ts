import { once } from "node:events";
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

type Behavior =
  /** Forwards all bytes. */
  | "pass"
  /** Forwards nothing. */
  | "hang"
  /** Forwards what the client sends, and resets the connection in place of the answer. */
  | "lose"
  /** Resets all connections at once, new ones included. */
  | "reset";

export interface TcpProxy extends AsyncDisposable {
  port: number;
  /** Changes the behavior for open and new connections. */
  behave(behavior: Behavior): void;
  /** Returns the number of open connections. */
  connections(): number;
  /** Returns the number of connections that were reset so far. */
  resets(): number;
}

/** Starts a proxy on a free port to a server on this port of 127.0.0.1. */
export async function startTcpProxy(upstream: number): Promise<TcpProxy> {
  const clients = new Set<Socket>();
  let behavior: Behavior = "pass";
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
      if (behavior === "pass" || behavior === "lose") passed.write(bytes);
    });
    passed.on("data", (bytes) => {
      if (behavior === "lose") reset(client);
      else if (behavior === "pass") client.write(bytes);
    });
    if (behavior === "reset") reset(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => clients.size,
    resets: () => count,
    behave(next) {
      behavior = next;
      if (behavior === "reset") for (const client of clients) reset(client);
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
