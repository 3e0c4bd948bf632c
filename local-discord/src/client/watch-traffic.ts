import type { WebSocket } from "ws";
import { z } from "zod";
import type { ClientEvent, ClientRequest } from "../client-protocol.ts";
import { parseJson } from "../parse-json.ts";
import type { Traffic } from "../state/traffic.ts";

const request: z.ZodType<ClientRequest> = z.object({
  t: z.literal("WATCH_TRAFFIC"),
  d: z.object({ on: z.boolean() }),
});

/** Sends a page the traffic while it watches: first the recorded entries, then each new one. */
export function watchTraffic(socket: WebSocket, traffic: Traffic, send: (event: ClientEvent) => void): void {
  let stop: (() => void) | undefined;

  function watch(on: boolean): void {
    stop?.();
    stop = undefined;
    if (!on) return;
    send({ t: "TRAFFIC", d: traffic.kept() });
    stop = traffic.subscribe((entry) => send({ t: "TRAFFIC", d: [entry] }));
  }

  socket.on("message", (data: Buffer) => {
    const asked = parseJson(request, data.toString());
    if (asked) watch(asked.d.on);
  });
  socket.on("close", () => watch(false));
}
