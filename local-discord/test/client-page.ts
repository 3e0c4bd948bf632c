import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { ClientEvent } from "../src/client-protocol.ts";

type EventOf<T, E = ClientEvent> = E extends { t: infer U } ? (T extends U ? E : never) : never;

/** Connects to the local Discord as a page does, without a browser, and keeps the events that arrive. */
export function openPage(
  { page }: { page: string },
  user: string,
  headers: Record<string, string> = {},
): { socket: WebSocket; next<T extends ClientEvent["t"]>(t: T): Promise<EventOf<T>> } {
  const socket = new WebSocket(`${page.replace("http", "ws")}client?user=${user}`, { headers });
  onTestFinished(() => socket.close());
  const events: ClientEvent[] = [];
  socket.on("message", (data: Buffer) => events.push(JSON.parse(data.toString()) as ClientEvent));
  return {
    socket,
    async next<T extends ClientEvent["t"]>(t: T) {
      for (;;) {
        const found = events.find((event) => event.t === t);
        if (found) {
          events.splice(events.indexOf(found), 1);
          return found as EventOf<T>;
        }
        await once(socket, "message");
      }
    },
  };
}
