import { GatewayOpcodes } from "discord-api-types/v10";
import type { GatewayCloseCodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { Traffic } from "../state/traffic.ts";
import type { GatewayPayload, PayloadFromBot } from "./payload.ts";
import { asTraffic, parsePayload, titleOf } from "./payload.ts";

const { Heartbeat, HeartbeatAck, Hello } = GatewayOpcodes;

/** One WebSocket of a bot. */
export interface Connection {
  send(payload: GatewayPayload): void;
  /** Text that need not be a payload. */
  sendRaw(text: string): void;
  /** Without a code it breaks off. */
  close(code?: GatewayCloseCodes | number, reason?: string): void;
}

export interface ConnectionListener {
  /** All but heartbeats. */
  receive(message: PayloadFromBot): void;
  /** The bot has been silent for two heartbeat intervals. */
  silent(): void;
  /** 1000 and 1001 are said by a bot that will not come back. */
  closed(code: number): void;
}

/** Greets a bot, answers its heartbeats and records what is said, but for those. `heartbeatInterval` is in milliseconds. */
export function connection(
  socket: WebSocket,
  { traffic, heartbeatInterval }: { traffic: Traffic; heartbeatInterval: number },
  listenerOf: (connection: Connection) => ConnectionListener,
): void {
  const here: Connection = {
    send({ op, d, s, t }) {
      const text = JSON.stringify({ op, d, s: s ?? null, t: t ?? null });
      socket.send(text);
      if (op === HeartbeatAck) return;
      traffic.record({ kind: "gateway-out", title: t ?? titleOf(op), response: text });
    },
    sendRaw(text) {
      socket.send(text);
      traffic.record({ kind: "gateway-out", title: "As told", response: text });
    },
    close(code, reason = "") {
      if (code === undefined) return socket.terminate();
      socket.close(code, reason);
      traffic.record({
        kind: "gateway-out",
        title: `Close ${code}`,
        response: JSON.stringify({ code, reason }),
      });
    },
  };
  const listener = listenerOf(here);
  const silence = setTimeout(() => listener.silent(), 2 * heartbeatInterval);

  socket.on("message", (data: Buffer) => {
    const text = data.toString();
    const message = parsePayload(text);
    if ("code" in message || message.op !== Heartbeat) {
      traffic.record({ kind: "gateway-in", ...asTraffic(text) });
    }
    if ("code" in message) return here.close(message.code, message.reason);
    if (message.op !== Heartbeat) return listener.receive(message);
    silence.refresh();
    here.send({ op: HeartbeatAck, d: null });
  });
  socket.on("close", (code) => {
    clearTimeout(silence);
    listener.closed(code);
  });
  here.send({ op: Hello, d: { heartbeat_interval: heartbeatInterval } });
}
