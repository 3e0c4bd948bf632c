import { GatewayCloseCodes } from "discord-api-types/v10";
import type { Clock } from "../state/clock.ts";
import type { Events } from "../state/events.ts";
import type { Secrets } from "../state/secrets.ts";
import type { Connection } from "./connection.ts";
import type { GatewaySession } from "./session.ts";
import { openSession } from "./session.ts";

/** Time in which a session can be resumed. Discord publishes no number. */
const RESUMABLE_MS = 5 * 60_000;

export interface Sessions {
  all(): GatewaySession[];
  find(id: string): GatewaySession | undefined;
  start(how: Omit<Parameters<typeof openSession>[0], "id">): GatewaySession;
  /** Replaces the session's connection and closes the former one. */
  attach(session: GatewaySession, connection: Connection): void;
  /** Removes the session's connection; the session can be resumed for a while. */
  detach(session: GatewaySession): void;
  /** Ends the session, which then cannot be resumed. */
  end(session: GatewaySession): void;
  /** Whether a bot is connected. */
  isOnline: () => boolean;
}

export function sessions(events: Events, time: Clock, secrets: Secrets): Sessions {
  let started = 0;
  const known = new Map<string, GatewaySession>();
  /** Functions that cancel the end of a session that can be resumed. */
  const ends = new Map<GatewaySession, () => void>();
  const isOnline = () => [...known.values()].some(({ connection }) => connection !== undefined);

  function forget(session: GatewaySession): void {
    known.delete(session.id);
    ends.delete(session);
  }

  /** Emits BOT_STATUS when the first bot connects or the last one disconnects. */
  function change(act: () => void): void {
    const before = isOnline();
    act();
    const online = isOnline();
    if (online !== before) events.emit({ t: "BOT_STATUS", d: { online } });
  }

  return {
    all: () => [...known.values()],
    find: (id) => known.get(id),
    start(how) {
      const session = openSession({ ...how, id: secrets(`session ${++started}`, 16).toString("hex") });
      change(() => known.set(session.id, session));
      return session;
    },
    attach(session, connection) {
      ends.get(session)?.();
      ends.delete(session);
      const { connection: before } = session;
      change(() => (session.connection = connection));
      before?.close(GatewayCloseCodes.UnknownError, "The session was resumed on another connection.");
    },
    detach(session) {
      change(() => (session.connection = undefined));
      session.release();
      ends.get(session)?.();
      ends.set(
        session,
        time.after(RESUMABLE_MS, () => forget(session)),
      );
    },
    end(session) {
      change(() => {
        session.connection = undefined;
        ends.get(session)?.();
        forget(session);
      });
    },
    isOnline,
  };
}
