import type { APIMessage } from "discord-api-types/v10";
import { z } from "zod/mini";
import { validate } from "./validate.ts";

const id = z.optional(z.string().check(z.regex(/^\d{1,20}$/)));
const range = z.object({
  around: id,
  before: id,
  after: id,
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))),
});

/** The range of a channel's messages that a request asks for. */
type Range = z.infer<typeof range>;

/**
 * Parses the query of a list of messages.
 * @throws DiscordError 50035
 * @see https://discord.com/developers/docs/resources/message#get-channel-messages
 */
export function parseRange(query: Record<string, string>): Range {
  return validate(range, query);
}

/** Selects the messages in the range. The messages are given and returned oldest first. */
export function inRange(messages: APIMessage[], { around, before, after, limit = 50 }: Range): APIMessage[] {
  if (around !== undefined) {
    const from = messages.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const middle = from === -1 ? messages.length : from;
    return messages.slice(Math.max(0, middle - Math.floor(limit / 2)), middle + Math.ceil(limit / 2));
  }
  const fitting = messages.filter(
    ({ id }) => (!before || BigInt(id) < BigInt(before)) && (!after || BigInt(id) > BigInt(after)),
  );
  return after ? fitting.slice(0, limit) : fitting.slice(-limit);
}
