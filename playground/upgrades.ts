import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { clientSocket } from "./client/socket.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { isLoopbackHost, isOwnOrigin } from "./same-machine.ts";
import type { Discord } from "./state/discord.ts";

/** Takes the WebSockets of bots (/gateway) and of pages (/client); refuses all others. */
export function upgrades(server: Server, discord: Discord, bots: Gateway): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true });

  function accepts({ url, headers }: IncomingMessage): ((socket: WebSocket) => void) | 403 | 404 {
    const address = URL.parse(url ?? "", "http://127.0.0.1");
    if (!isLoopbackHost(headers.host)) return 403;
    if (address?.pathname === "/gateway") return bots.accept;
    if (address?.pathname !== "/client") return 404;
    if (!isOwnOrigin(headers.origin, headers.host)) return 403;
    return clientSocket(discord, bots, address.searchParams.get("user"));
  }
  server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const accept = accepts(request);
    if (typeof accept === "number") return refuse(duplex, accept);
    sockets.handleUpgrade(request, duplex, head, (socket) => {
      socket.on("error", () => socket.terminate());
      accept(socket);
    });
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refuse(duplex: Duplex, status: 403 | 404): void {
  duplex.on("error", () => duplex.destroy());
  duplex.end(`HTTP/1.1 ${status} ${status === 403 ? "Forbidden" : "Not Found"}\r\nConnection: close\r\n\r\n`);
}
