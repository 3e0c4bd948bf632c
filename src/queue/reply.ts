import { z } from "zod";
import { clientId } from "../jobs/stats.ts";
import { snowflake } from "../platform/snowflake.ts";

/** Time for which a reply is kept. No client waits longer. */
export const REPLY_RETENTION_SECONDS = 900;

const reply = z.object({
  /** Id of the job that is answered. */
  id: snowflake,
  client: clientId,
  /** null if the job failed for the last time. */
  stats: z.object({ min: z.string(), max: z.string(), mean: z.string(), median: z.string() }).nullable(),
});

/** A worker's answer to the command-line client, which has no Discord to read it from. */
export type Reply = z.infer<typeof reply>;

/** Returns the reply that a message holds, or undefined if it is not a reply. */
export function replyIn(body: string): Reply | undefined {
  try {
    return reply.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** The worker's end of the replies. */
export interface ReplySender {
  send(reply: Reply): Promise<void>;
  close(): Promise<void>;
}

/** A client's end of the replies. */
export interface ReplyReceiver {
  /**
   * Waits some seconds for replies to this client. A reply may arrive more than once. Rejects when the replies cannot be reached
   * now, and when the signal aborts; after an abort, the receiver can only be closed.
   */
  receive(signal: AbortSignal): Promise<Reply[]>;
  close(): Promise<void>;
}
