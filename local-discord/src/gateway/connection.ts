import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { clearRealTimeout, setRealTimeout } from "../real-time.ts";
import type { Responses } from "../state/responses.ts";
import type { TrafficRecord, Traffic } from "../state/traffic.ts";
import type { CatchUp } from "./catch-up.ts";
import { catchUp } from "./catch-up.ts";
import { payloadSender } from "./compression.ts";
import type { GatewayPayload, PayloadFromBot, CloseReason } from "./payload.ts";
import { describePayload, parsePayload, opcodeName, TRACE } from "./payload.ts";

const { Heartbeat, HeartbeatAck, Hello } = GatewayOpcodes;

/** @see https://discord.com/developers/docs/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4_096;

/**
 * Time between the response to the handshake and Hello. Clients that start to listen when the connection is open lose what comes
 * with the response.
 */
const HELLO_DELAY_MS = 5;

const TOO_LARGE: CloseReason = {
  code: GatewayCloseCodes.DecodeError,
  reason: `A payload has at most ${MAX_PAYLOAD_BYTES} bytes.`,
};

/** A WebSocket connection of a bot. */
export interface Connection {
  send(payload: GatewayPayload): void;
  /** Sends any text, even one that is not a payload. */
  sendRaw(text: string): void;
  /** Closes with a code; without one, terminates the connection. */
  close(code?: GatewayCloseCodes | number, reason?: string): void;
  whenCaughtUp: CatchUp;
  /** Records the payloads held back so far, and all later ones: the bot has sent its token. */
  authenticated(): void;
}

export interface ConnectionListener {
  /** Called for every payload except heartbeats. */
  receive(message: PayloadFromBot): void;
  /** Called when no heartbeat has arrived for two intervals. */
  silent(): void;
  /** Called with the close code; a bot that will not resume sends 1000 or 1001. */
  closed(code: number): void;
}

/**
 * Sends Hello, acknowledges heartbeats and records all other payloads. Any program on this machine can connect, so payloads
 * are recorded only after the bot has sent its token.
 * @param parameters query of the URL to which the bot has connected
 * @param heartbeatInterval in milliseconds
 */
export function connection(
  socket: WebSocket,
  {
    traffic,
    responses,
    heartbeatInterval,
    parameters,
  }: { traffic: Traffic; responses: Responses; heartbeatInterval: number; parameters: URLSearchParams },
  listenerOf: (connection: Connection) => ConnectionListener,
): void {
  /** Payloads from before the bot sends its token; undefined afterwards. */
  let heldBack: TrafficRecord[] | undefined = [];
  function record(said: TrafficRecord): void {
    if (heldBack === undefined) traffic.record(said);
    else heldBack.push(said);
  }

  const sender = payloadSender(socket, parameters.get("compress"));
  let isGreeted = false;
  let isClosing = false;
  const here: Connection = {
    send({ op, d, s, t }) {
      const text = JSON.stringify({ op, d, s: s ?? null, t: t ?? null });
      sender.send(text);
      if (op === HeartbeatAck) return;
      record({ kind: "gateway-out", title: t ?? opcodeName(op), response: text });
    },
    sendRaw(text) {
      sender.send(text);
      traffic.record({ kind: "gateway-out", title: "Raw payload", response: text });
    },
    close(code, reason = "") {
      if (code === undefined) return socket.terminate();
      isClosing = true;
      sender.afterwards(() => socket.close(code, reason));
      record({
        kind: "gateway-out",
        title: `Close ${code}`,
        response: JSON.stringify({ code, reason }),
      });
    },
    whenCaughtUp: catchUp(socket, responses),
    authenticated() {
      for (const said of heldBack ?? []) traffic.record(said);
      heldBack = undefined;
    },
  };
  const listener = listenerOf(here);
  const silence = setRealTimeout(() => listener.silent(), 2 * heartbeatInterval);

  function sayHello(): void {
    if (isGreeted || isClosing) return;
    isGreeted = true;
    here.send({ op: Hello, d: { heartbeat_interval: heartbeatInterval, _trace: TRACE } });
  }
  const greeting = setRealTimeout(sayHello, HELLO_DELAY_MS);

  socket.on("message", (data: Buffer) => {
    // Ignores what arrives while the connection is closing.
    if (isClosing || socket.readyState !== socket.OPEN) return;
    sayHello();
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
    clearRealTimeout(greeting);
    clearRealTimeout(silence);
    listener.closed(code);
  });
}
