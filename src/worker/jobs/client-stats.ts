import { writtenNumber } from "../../stats/numbers.ts";
import { statsOf } from "../../stats/stats.ts";
import type { Transaction } from "../../stats/transaction.ts";
import type { ClientStatsJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ReplySender } from "../../queue/reply.ts";

/**
 * Computes and replies to the client. Resolves with what is to be logged of it.
 * @throws Error when this worker has no reply queue
 */
export async function replyStats(
  { kind, id, client, request, numbers }: ClientStatsJob,
  { attempt }: Delivery,
  { replies }: { replies?: ReplySender | undefined },
): Promise<Transaction> {
  const stats = statsOf(numbers);
  await sender(replies).send({ id, client, stats });
  const answeredAt = new Date().toISOString();
  return {
    id,
    kind,
    answeredAt,
    guildId: null,
    channelId: null,
    request,
    numbers: numbers.map(writtenNumber),
    ...stats,
    attempts: attempt,
  };
}

/** Tells the client that no worker can compute it. */
export function replyFailure(
  { id, client }: ClientStatsJob,
  replies: ReplySender | undefined,
): Promise<void> {
  return sender(replies).send({ id, client, stats: null });
}

function sender(replies: ReplySender | undefined): ReplySender {
  if (replies === undefined) throw new Error("this worker has no reply queue: REPLY_QUEUE_URL is not set");
  return replies;
}
