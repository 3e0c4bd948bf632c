import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { TrafficRecord, Traffic } from "../state/traffic.ts";
import type { GatewayPayload, PayloadFromBot, CloseReason } from "./payload.ts";
import { describePayload, parsePayload, opcodeName } from "./payload.ts";

const { Heartbeat, HeartbeatAck, Hello } = GatewayOpcodes;

/** https://discord.com/developers/docs/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4_096;

const TOO_LARGE: CloseReason = {
  code: GatewayCloseCodes.DecodeError,
  reason: `A payload has at most ${MAX_PAYLOAD_BYTES} bytes.`,
};

/** One WebSocket of a bot. */
export interface Connection {
  send(payload: GatewayPayload): void;
  /** Text that need not be a payload. */
  sendRaw(text: string): void;
  /** Without a code it breaks off. */
  close(code?: GatewayCloseCodes | number, reason?: string): void;
  /** The bot has shown its token: what was said, and will be, is for the traffic. */
  authenticated(): void;
}

export interface ConnectionListener {
  /** All but heartbeats. */
  receive(message: PayloadFromBot): void;
  /** The bot has been silent for two heartbeat intervals. */
  silent(): void;
  /** 1000 and 1001 are said by a bot that will not come back. */
  closed(code: number): void;
}

/**
 * Greets a bot, answers its heartbeats and records what is said, but for those, once the bot has shown its token: anything on
 * this machine may connect. `heartbeatInterval` is in milliseconds.
 */
export function connection(
  socket: WebSocket,
  { traffic, heartbeatInterval }: { traffic: Traffic; heartbeatInterval: number },
  listenerOf: (connection: Connection) => ConnectionListener,
): void {
  /** Until the bot is known: the Hello, and what it says first. */
  let heldBack: TrafficRecord[] | undefined = [];
  function record(said: TrafficRecord): void {
    if (heldBack === undefined) traffic.record(said);
    else heldBack.push(said);
  }

  const here: Connection = {
    send({ op, d, s, t }) {
      const text = JSON.stringify({ op, d, s: s ?? null, t: t ?? null });
      socket.send(text);
      if (op === HeartbeatAck) return;
      record({ kind: "gateway-out", title: t ?? opcodeName(op), response: text });
    },
    sendRaw(text) {
      socket.send(text);
      traffic.record({ kind: "gateway-out", title: "As told", response: text });
    },
    close(code, reason = "") {
      if (code === undefined) return socket.terminate();
      socket.close(code, reason);
      record({
        kind: "gateway-out",
        title: `Close ${code}`,
        response: JSON.stringify({ code, reason }),
      });
    },
    authenticated() {
      for (const said of heldBack ?? []) traffic.record(said);
      heldBack = undefined;
    },
  };
  const listener = listenerOf(here);
  const silence = setTimeout(() => listener.silent(), 2 * heartbeatInterval);

  socket.on("message", (data: Buffer) => {
    // It is being closed.
    if (socket.readyState !== socket.OPEN) return;
    const isTooLarge = data.length > MAX_PAYLOAD_BYTES;
    const text = data.toString();
    const message = isTooLarge ? TOO_LARGE : parsePayload(text);
    if ("code" in message || message.op !== Heartbeat)
      record({ kind: "gateway-in", ...describePayload(text) });
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
