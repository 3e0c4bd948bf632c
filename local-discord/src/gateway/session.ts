import { randomBytes } from "node:crypto";
import { GatewayOpcodes } from "discord-api-types/v10";
import type { Connection } from "./connection.ts";
import type { GatewayPayload, Identification } from "./payload.ts";

/** Events that are kept for a bot that resumes. */
const MAX_KEPT_EVENTS = 1_000;

/** The events sent to a bot since it identified. A session outlives a connection if the bot resumes it. */
export interface GatewaySession {
  id: string;
  intents: number;
  shard: Identification["shard"];
  /** The current connection, if any. */
  connection: Connection | undefined;
  /** Sequence number of the last event. */
  sequence: number;
  dispatch(t: string, d: unknown): void;
  /** Returns the events after this sequence number; undefined if some of them are no longer kept. */
  after(sequence: number): GatewayPayload[] | undefined;
}

export function openSession(how: Pick<GatewaySession, "intents" | "shard" | "connection">): GatewaySession {
  const kept: GatewayPayload[] = [];
  return {
    ...how,
    id: randomBytes(16).toString("hex"),
    sequence: 0,
    dispatch(t, d) {
      this.sequence += 1;
      const event = { op: GatewayOpcodes.Dispatch, t, s: this.sequence, d };
      kept.push(event);
      if (kept.length > MAX_KEPT_EVENTS) kept.shift();
      this.connection?.send(event);
    },
    after(sequence) {
      const missed = this.sequence - sequence;
      return missed > kept.length ? undefined : kept.slice(kept.length - missed);
    },
  };
}
