import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { z } from "zod";
import { parseAs } from "../parse-as.ts";

const { Heartbeat, Identify, PresenceUpdate, Resume } = GatewayOpcodes;

const identification = z.object({
  token: z.string(),
  intents: z.number(),
  /** This shard's number, and of how many. */
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
});
const resumption = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

const fromBot = z.discriminatedUnion("op", [
  z.object({ op: z.literal(Heartbeat) }),
  z.object({ op: z.literal(Identify), d: identification }),
  z.object({ op: z.literal(Resume), d: resumption }),
  z.object({ op: z.literal(PresenceUpdate) }),
]);
const served = new Set<number>([Heartbeat, Identify, Resume, PresenceUpdate]);
const anyPayload = z.object({ op: z.number() });

export type Identification = z.infer<typeof identification>;
export type Resumption = z.infer<typeof resumption>;
export type PayloadFromBot = z.infer<typeof fromBot>;

/** What goes to a bot. */
export interface GatewayPayload {
  op: GatewayOpcodes;
  d: unknown;
  /** Sequence number and name of an event. */
  s?: number;
  t?: string;
}

/** What a bot sent; or, where that makes no sense, the code to close its connection with. */
export function parsePayload(
  text: string,
): PayloadFromBot | GatewayCloseCodes.DecodeError | GatewayCloseCodes.UnknownOpcode {
  const op = parseAs(anyPayload, text)?.op;
  if (op !== undefined && !served.has(op)) return GatewayCloseCodes.UnknownOpcode;
  return parseAs(fromBot, text) ?? GatewayCloseCodes.DecodeError;
}
