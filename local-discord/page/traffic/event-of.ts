import type { APIInteraction, APIMessage } from "discord-api-types/v10";
import type { TrafficEntry } from "../../src/client-protocol.ts";

/** The events whose data is used. */
interface Events {
  INTERACTION_CREATE: APIInteraction;
  MESSAGE_CREATE: APIMessage;
}

/**
 * Returns the data of an event of this kind; null for any other entry. What is sent to the interactions endpoint of the bot counts
 * as INTERACTION_CREATE.
 */
export function eventOf<Kind extends keyof Events>(
  { kind: of, response }: TrafficEntry,
  kind: Kind,
): Events[Kind] | null {
  const payload = of === "endpoint" ? { t: "INTERACTION_CREATE", d: response } : response;
  return of !== "rest" && of !== "gateway-in" && isEvent(payload, kind) ? payload.d : null;
}

function isEvent<Kind extends keyof Events>(payload: unknown, kind: Kind): payload is { d: Events[Kind] } {
  return typeof payload === "object" && payload !== null && "t" in payload && payload.t === kind;
}
