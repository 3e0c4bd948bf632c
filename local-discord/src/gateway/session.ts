import { GatewayOpcodes } from "discord-api-types/v10";
import type { Connection } from "./connection.ts";
import type { GatewayPayload, Identification } from "./payload.ts";

/** Events that are kept for a bot that resumes. */
const MAX_KEPT_EVENTS = 1_000;

/** Receives the events of some shard and intents. */
export interface Recipient {
  intents: number;
  shard: Identification["shard"];
  /** Sends an event after all earlier ones. */
  dispatch(t: string, d: unknown): void;
}

/** The events sent to a bot since it identified. A session outlives a connection if the bot resumes it. */
export interface GatewaySession extends Recipient {
  id: string;
  /** The current connection, if any. */
  connection: Connection | undefined;
  /** Sequence number of the last event. */
  sequence: number;
  /** The same session; its events wait until the bot has read the responses to its requests, and later events wait for them. */
  caughtUp: Recipient;
  /** Ends the waiting of events. */
  release(): void;
  /** Returns the events after this sequence number; undefined if some of them are no longer kept. */
  after(sequence: number): GatewayPayload[] | undefined;
}

/** An event that is not sent yet, because it waits or is behind one that waits. */
interface Queued {
  t: string;
  d: unknown;
  waits: boolean;
}

export function openSession({
  id,
  intents,
  shard,
  connection,
}: Pick<GatewaySession, "id" | "intents" | "shard" | "connection">): GatewaySession {
  const kept: GatewayPayload[] = [];
  const queue: Queued[] = [];

  function send({ t, d }: Queued): void {
    session.sequence += 1;
    const event = { op: GatewayOpcodes.Dispatch, t, s: session.sequence, d };
    kept.push(event);
    if (kept.length > MAX_KEPT_EVENTS) kept.shift();
    session.connection?.send(event);
  }
  function sendReady(): void {
    for (let first = queue[0]; first?.waits === false; first = queue[0]) {
      queue.shift();
      send(first);
    }
  }
  function enqueue(event: Queued): void {
    queue.push(event);
    sendReady();
  }

  const session: GatewaySession = {
    intents,
    shard,
    connection,
    id,
    sequence: 0,
    dispatch: (t, d) => enqueue({ t, d, waits: false }),
    caughtUp: {
      intents,
      shard,
      dispatch(t, d) {
        const event = { t, d, waits: session.connection !== undefined };
        enqueue(event);
        session.connection?.whenCaughtUp(() => {
          event.waits = false;
          sendReady();
        });
      },
    },
    release() {
      for (const event of queue) event.waits = false;
      sendReady();
    },
    after(sequence) {
      const missed = this.sequence - sequence;
      return missed > kept.length ? undefined : kept.slice(kept.length - missed);
    },
  };
  return session;
}
