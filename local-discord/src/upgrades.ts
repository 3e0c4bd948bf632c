import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { clientSocket } from "./client/socket.ts";
import type { Faults } from "./faults.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { isLoopbackHost, isOwnOrigin } from "./same-machine.ts";
import type { Discord } from "./state/discord.ts";

/** Limit above which a bot's connection is terminated. The gateway closes with a reason at a lower limit. */
const MAX_BOT_MESSAGE_BYTES = 65_536;
/** Limit of a message from a page, whose messages are much shorter. */
const MAX_PAGE_MESSAGE_BYTES = 1_024;

/** Paths of the gateway: as the API names it, and as libraries build it from an origin. */
const GATEWAY_PATHS = new Set(["/gateway", "/gateway/", "/"]);

interface Accepted {
  sockets: WebSocketServer;
  accept: (socket: WebSocket) => void;
}

/** Accepts WebSockets of bots and pages (/client). Refuses all others, and those that foreign pages open. */
export function upgrades(
  server: Server,
  discord: Discord,
  { bots, isOnline, faults }: { bots: Pick<Gateway, "accept">; isOnline: () => boolean; faults: Faults },
): { close(): void } {
  const botSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BOT_MESSAGE_BYTES });
  const pageSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAGE_MESSAGE_BYTES });

  function accepts(address: URL | null, { headers }: IncomingMessage): Accepted | 403 | 404 {
    if (!isLoopbackHost(headers.host) || !isOwnOrigin(headers.origin, headers.host)) return 403;
    if (address === null) return 404;
    const { pathname, searchParams } = address;
    if (GATEWAY_PATHS.has(pathname))
      return { sockets: botSockets, accept: (socket) => bots.accept(socket, searchParams) };
    if (pathname !== "/client") return 404;
    const accept = clientSocket(discord, isOnline, {
      idOrName: searchParams.get("user"),
      since: searchParams.get("since"),
    });
    return { sockets: pageSockets, accept };
  }

  async function upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): Promise<void> {
    const address = URL.parse(request.url ?? "", "http://127.0.0.1");
    const fault = await faults.handshake(address?.pathname ?? "");
    const accepted = fault ?? accepts(address, request);
    if (accepted === "drop") return void duplex.destroy();
    if (typeof accepted === "number") return refuse(duplex, accepted);
    const { sockets, accept } = accepted;
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
      for (const sockets of [botSockets, pageSockets]) {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
      }
    },
  };
}

function refuse(duplex: Duplex, status: number): void {
  duplex.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\n\r\n`);
}
