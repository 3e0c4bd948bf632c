import { GatewayCloseCodes } from "discord-api-types/v10";
import type { Clock } from "../state/clock.ts";
import type { Events } from "../state/events.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";
import { openSession } from "./session.ts";

/** Milliseconds for which a session waits to be resumed; Discord tells no number. */
const resumableFor = 5 * 60_000;

export interface Sessions {
  all(): Session[];
  find(id: string): Session | undefined;
  start(how: Parameters<typeof openSession>[0]): Session;
  /** The connection takes the place of the one it had. */
  join(session: Session, connection: Connection): void;
  /** It has no connection any more, and can be resumed for a while. */
  leave(session: Session): void;
  /** It cannot be resumed any more. */
  end(session: Session): void;
  /** Whether a bot is connected. */
  isOnline: () => boolean;
}

export function sessions(events: Events, time: Clock): Sessions {
  const known = new Map<string, Session>();
  /** Calls off the end of a session that waits to be resumed. */
  const ends = new Map<Session, () => void>();
  const isOnline = () => [...known.values()].some(({ connection }) => connection !== undefined);

  function forget(session: Session): void {
    known.delete(session.id);
    ends.delete(session);
  }

  /** Tells pages when the first bot comes and the last one goes. */
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
      const session = openSession(how);
      change(() => known.set(session.id, session));
      return session;
    },
    join(session, connection) {
      ends.get(session)?.();
      ends.delete(session);
      const { connection: before } = session;
      change(() => (session.connection = connection));
      before?.close(GatewayCloseCodes.UnknownError, "The session was resumed on another connection.");
    },
    leave(session) {
      change(() => (session.connection = undefined));
      ends.get(session)?.();
      ends.set(
        session,
        time.after(resumableFor, () => forget(session)),
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
