import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { z } from "zod";
import { parseJson } from "../parse-json.ts";

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

/** Why a connection is closed, for people to read. */
export interface CloseReason {
  code: GatewayCloseCodes;
  reason: string;
}

/** What a bot sent; or, where that makes no sense, what to close its connection with. */
export function parsePayload(text: string): PayloadFromBot | CloseReason {
  const op = parseJson(anyPayload, text)?.op;
  if (op !== undefined && !served.has(op)) {
    const reason = `The local Discord does not serve opcode ${opcodeName(op)}.`;
    return { code: GatewayCloseCodes.UnknownOpcode, reason };
  }
  const reason = "The local Discord does not understand this.";
  return parseJson(fromBot, text) ?? { code: GatewayCloseCodes.DecodeError, reason };
}

/** What came, as the traffic records it: even what is refused. */
export function describePayload(text: string): { title: string; request: string } {
  const op = parseJson(anyPayload, text)?.op;
  if (op === undefined) return { title: "Unreadable", request: JSON.stringify(`${text.length} characters`) };
  return { title: opcodeName(op), request: text };
}

/** "Identify"; "99" for one that Discord has not either. */
export function opcodeName(op: number): string {
  return GatewayOpcodes[op] ?? String(op);
}
