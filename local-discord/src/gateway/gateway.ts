import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { Clock } from "../state/clock.ts";
import type { Discord } from "../state/discord.ts";
import { connection } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import { handshake } from "./handshake.ts";
import { sessions } from "./sessions.ts";

/** Lets a test disturb all gateway connections of the bot. */
export interface GatewayControl {
  /** Asks the bot to reconnect and resume (opcode 7). */
  reconnect(): void;
  /** Invalidates the session (opcode 9); the bot may resume it only if `resumable`. */
  invalidate(how?: { resumable?: boolean }): void;
  /** Closes with this code, or terminates the connection without one. The bot can resume the session. */
  disconnect(code?: number): void;
  /** Sends any payload, even an invalid one. */
  send(payload: unknown): void;
}

interface GatewayOptions {
  /** URL of the gateway. */
  address: string;
  /** In milliseconds. */
  heartbeatInterval: number;
  /** Bits of the enabled privileged intents. */
  privilegedIntents: number;
}

export interface Gateway extends GatewayControl {
  /** Serves a connection; `parameters` are the query of its URL. */
  accept: (socket: WebSocket, parameters: URLSearchParams) => void;
  /** Whether a bot is connected. */
  isOnline: () => boolean;
}

/** Serves the connections of bots, and sends each event to the sessions that it concerns. */
export function gateway(
  { world, events, traffic, responses, secrets, notBuilt, interactionsUrl }: Discord,
  time: Clock,
  options: GatewayOptions,
): Gateway {
  const open = sessions(events, time, secrets);
  const { heartbeatInterval, ...login } = options;
  events.subscribe((event) => {
    if (event.t === "INTERACTION_CREATE" && interactionsUrl.current() !== null) return;
    // What people do comes after the responses that they have seen the effects of.
    const byBot = event.t !== "INTERACTION_CREATE" && responses.isHandling();
    for (const session of open.all()) dispatch(world, byBot ? session : session.caughtUp, event);
  });

  return {
    accept(socket, parameters) {
      if (parameters.get("encoding") === "etf") {
        notBuilt.add("the encoding ETF", "the gateway with encoding=etf");
        const reason = "The local Discord does not have the encoding ETF. Use JSON.";
        return socket.close(GatewayCloseCodes.DecodeError, reason);
      }
      const shared = { traffic, responses, heartbeatInterval, parameters };
      return connection(socket, shared, (accepted) =>
        handshake(accepted, { world, sessions: open, ...login }),
      );
    },
    isOnline: open.isOnline,
    reconnect() {
      for (const { connection } of open.all()) connection?.send({ op: GatewayOpcodes.Reconnect, d: null });
    },
    invalidate({ resumable = false } = {}) {
      for (const session of open.all()) {
        const { connection } = session;
        if (resumable) open.detach(session);
        else open.end(session);
        connection?.send({ op: GatewayOpcodes.InvalidSession, d: resumable });
      }
    },
    disconnect(code) {
      for (const { connection } of open.all()) connection?.close(code);
    },
    send(payload) {
      for (const { connection } of open.all()) connection?.sendRaw(JSON.stringify(payload));
    },
  };
}
