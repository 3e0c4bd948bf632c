import { randomBytes } from "node:crypto";
import { GatewayOpcodes } from "discord-api-types/v10";
import type { Connection } from "./connection.ts";
import type { GatewayPayload, Identification } from "./payload.ts";

/** Events that are kept for a bot whose connection broke. */
const MAX_KEPT_EVENTS = 1_000;

/** What a bot was told since it identified; it outlives the connections that a bot resumes it on. */
export interface GatewaySession {
  id: string;
  intents: number;
  shard: Identification["shard"];
  /** Where it is told things now. */
  connection: Connection | undefined;
  /** Of the last event. */
  sequence: number;
  dispatch(t: string, d: unknown): void;
  /** The events after that one; undefined when not all of them are kept. */
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
