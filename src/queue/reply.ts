import { z } from "zod";
import { clientId } from "../jobs/job.ts";
import { snowflake } from "../platform/snowflake.ts";

/** Seconds for which a reply is kept; no client waits longer. */
export const REPLY_RETENTION = 900;

const stats = z.object({ min: z.string(), max: z.string(), mean: z.string(), median: z.string() });

const reply = z.object({
  /** The job's. */
  id: snowflake,
  client: clientId,
  /** null: the worker has failed for the last time. */
  stats: stats.nullable(),
});

/** What a worker answers to a client without Discord. */
export type Reply = z.infer<typeof reply>;

/** @throws SyntaxError or ZodError when the text is no reply */
export function parseReply(body: string): Reply {
  return reply.parse(JSON.parse(body));
}

/** At the worker's end of the reply queue. */
export interface ReplySender {
  send(reply: Reply): Promise<void>;
  close(): Promise<void>;
}

/** At a client's end. */
export interface ReplyReceiver {
  /**
   * Waits, for some seconds, for replies to this client; each may come more than once. Rejects when none can be received at
   * present, and when aborted by the signal; after that, it can only be closed.
   */
  receive(signal: AbortSignal): Promise<Reply[]>;
  close(): Promise<void>;
}
