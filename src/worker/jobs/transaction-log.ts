import type { Transaction } from "../../stats/transaction.ts";
import type { Log } from "../../platform/log.ts";
import type { JobSender } from "../../queue/queue.ts";
import { writeTransactionLog, type CreateText } from "../../stats/transaction-log.ts";

/**
 * Writes the log of an answer that has been given. A failure must not bring the answer back for another delivery, so it
 * goes on as a job of its own; only when the queue does not take that either does this throw.
 */
export async function keepTransaction(
  transaction: Transaction,
  { createText, jobs, log }: { createText: CreateText; jobs: JobSender; log: Log },
): Promise<void> {
  try {
    await writeTransactionLog(createText, transaction);
  } catch (error) {
    log.warn(
      { err: error },
      "the answer is given but its log could not be written; that goes on as a job of its own",
    );
    await jobs.send({ kind: "transaction-log", transaction });
  }
}
