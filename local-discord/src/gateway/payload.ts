import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { z } from "zod";
import { parseJson } from "../parse-json.ts";

const { Heartbeat, Identify, RequestGuildMembers, RequestSoundboardSounds, Resume } = GatewayOpcodes;

/** A token, with or without "Bot " before it, as in a header of the API. */
const token = z.string().transform((text) => text.replace(/^Bot /, ""));
const identification = z.object({
  token,
  intents: z.number(),
  /** The number of this shard, and the number of shards. */
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
});
const resumption = z.object({ token, session_id: z.string(), seq: z.number() });

/** An id. Some libraries send it as a number. */
const id = z.union([z.string(), z.number().transform(String)]);
const list = z.union([z.array(id), id.transform((one) => [one])]);
/** A request for members: by the beginning of their names, or by their ids. */
const membersRequest = z.object({
  /** One id, also in a list. */
  guild_id: list,
  query: z.string().nullish(),
  limit: z.number().nullish(),
  user_ids: list.nullish(),
  presences: z.boolean().nullish(),
  nonce: z.unknown().optional(),
});

/**
 * Opcodes that change nothing here: presence, voice, and those of Discord's own client that some libraries send.
 * @see https://docs.discord.food/topics/opcodes-and-status-codes#gateway-opcodes
 */
const IGNORED_OPCODES = [
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.VoiceStateUpdate,
  5,
  12,
  13,
  14,
  43,
] as const;

const fromBot = z.discriminatedUnion("op", [
  z.object({ op: z.literal(Heartbeat) }),
  z.object({ op: z.literal(Identify), d: identification }),
  z.object({ op: z.literal(Resume), d: resumption }),
  z.object({ op: z.literal(RequestGuildMembers), d: membersRequest }),
  z.object({ op: z.literal(RequestSoundboardSounds), d: z.object({ guild_ids: z.array(id) }) }),
  z.object({ op: z.literal(IGNORED_OPCODES) }),
]);
const served = new Set<number>(fromBot.options.flatMap(({ shape }) => [...shape.op.values]));
const anyPayload = z.object({ op: z.number() });

export type Identification = z.infer<typeof identification>;
export type Resumption = z.infer<typeof resumption>;
export type MembersRequest = z.infer<typeof membersRequest>;
export type PayloadFromBot = z.infer<typeof fromBot>;

/** The servers that handled a payload, which Discord names for debugging. Some libraries read it. */
export const TRACE = [JSON.stringify(["local-discord", { micros: 0 }])];

/** A payload to a bot. */
export interface GatewayPayload {
  op: GatewayOpcodes;
  d: unknown;
  /** Sequence number of an event. */
  s?: number;
  /** Name of an event. */
  t?: string;
}

/** Close code of a connection, and the reason for developers to read. */
export interface CloseReason {
  code: GatewayCloseCodes;
  reason: string;
}

/** Parses a payload from a bot; returns the reason to close the connection if it is invalid. */
export function parsePayload(text: string): PayloadFromBot | CloseReason {
  const op = parseJson(anyPayload, text)?.op;
  if (op !== undefined && !served.has(op)) {
    const reason = `The local Discord does not serve opcode ${opcodeName(op)}.`;
    return { code: GatewayCloseCodes.UnknownOpcode, reason };
  }
  const reason = "The payload is not valid JSON, or has an invalid shape.";
  return parseJson(fromBot, text) ?? { code: GatewayCloseCodes.DecodeError, reason };
}

/** Describes a payload from a bot for the traffic, even an invalid one. */
export function describePayload(text: string): { title: string; request: string } {
  const op = parseJson(anyPayload, text)?.op;
  if (op === undefined) return { title: "Unreadable", request: JSON.stringify(`${text.length} characters`) };
  return { title: opcodeName(op), request: text };
}

/** Returns the name of an opcode, as in "Identify"; the number if Discord has no such opcode. */
export function opcodeName(op: number): string {
  return GatewayOpcodes[op] ?? String(op);
}
