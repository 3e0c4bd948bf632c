import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { clientSocket } from "./client/socket.ts";
import type { Faults } from "./faults.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { isLoopbackHost, isOwnOrigin } from "./same-machine.ts";
import type { Discord } from "./state/discord.ts";

/** Takes the WebSockets of bots (/gateway) and of pages (/client); refuses all others. */
export function upgrades(
  server: Server,
  discord: Discord,
  { bots, faults }: { bots: Gateway; faults: Faults },
): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true });

  function accepts(
    address: URL | null,
    { headers }: IncomingMessage,
  ): ((socket: WebSocket) => void) | 403 | 404 {
    if (!isLoopbackHost(headers.host)) return 403;
    if (address?.pathname === "/gateway") return bots.accept;
    if (address?.pathname !== "/client") return 404;
    if (!isOwnOrigin(headers.origin, headers.host)) return 403;
    return clientSocket(discord, bots, address.searchParams.get("user"));
  }
  async function upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): Promise<void> {
    const address = URL.parse(request.url ?? "", "http://127.0.0.1");
    const fault = await faults.handshake(address?.pathname ?? "");
    const accept = fault ?? accepts(address, request);
    if (accept === "drop") return void duplex.destroy();
    if (typeof accept === "number") return refuse(duplex, accept);
    sockets.handleUpgrade(request, duplex, head, (socket) => {
      socket.on("error", () => socket.terminate());
      accept(socket);
    });
  }

  server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    duplex.on("error", () => duplex.destroy());
    void upgrade(request, duplex, head);
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refuse(duplex: Duplex, status: number): void {
  duplex.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\n\r\n`);
}
