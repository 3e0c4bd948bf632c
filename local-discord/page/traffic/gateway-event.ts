import type { APIInteraction, APIMessage } from "discord-api-types/v10";
import type { TrafficEntry } from "../../src/client-protocol.ts";

/** The gateway events whose data is used. */
interface Events {
  INTERACTION_CREATE: APIInteraction;
  MESSAGE_CREATE: APIMessage;
}

/** Returns the data of a gateway event of this kind; null for any other entry. */
export function gatewayEvent<Kind extends keyof Events>(
  { kind: of, response }: TrafficEntry,
  kind: Kind,
): Events[Kind] | null {
  return of === "gateway-out" && isEvent(response, kind) ? response.d : null;
}

function isEvent<Kind extends keyof Events>(payload: unknown, kind: Kind): payload is { d: Events[Kind] } {
  return typeof payload === "object" && payload !== null && "t" in payload && payload.t === kind;
}
