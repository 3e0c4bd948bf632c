import { GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { Clock } from "../state/clock.ts";
import type { Discord } from "../state/discord.ts";
import { connection } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import { handshake } from "./handshake.ts";
import { sessions } from "./sessions.ts";

/** What a test can do to all connections of the bot. */
export interface GatewayControl {
  /** Asks the bot to connect anew and resume (opcode 7). */
  reconnect(): void;
  /** Tells it that its session is invalid (opcode 9): gone for good, unless it may be resumed. */
  invalidate(how?: { resumable?: boolean }): void;
  /** Closes with this code, which leaves the session to be resumed; without one the connection breaks off. */
  disconnect(code?: number): void;
  /** Sends this to all, whatever it is: also what makes no sense. */
  send(payload: unknown): void;
}

interface GatewayOptions {
  /** The gateway's own. */
  address: string;
  /** Milliseconds. */
  heartbeatInterval: number;
  /** Bits of those that are switched on. */
  privilegedIntents: number;
}

export interface Gateway extends GatewayControl {
  accept: (socket: WebSocket) => void;
  /** Whether a bot is connected. */
  isOnline: () => boolean;
}

/** Sends what happens to every session of the bot that asked for it. */
export function gateway({ world, events, traffic }: Discord, time: Clock, options: GatewayOptions): Gateway {
  const open = sessions(events, time);
  const { heartbeatInterval, ...login } = options;
  events.subscribe((event) => {
    for (const session of open.all()) dispatch(world, session, event);
  });

  return {
    accept: (socket) =>
      connection(socket, { traffic, heartbeatInterval }, (accepted) =>
        handshake(accepted, { world, sessions: open, ...login }),
      ),
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
