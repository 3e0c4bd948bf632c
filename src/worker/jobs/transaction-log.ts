import type { Transaction } from "../../stats/transaction.ts";
import type { Log } from "../../platform/log.ts";
import type { JobSender } from "../../queue/queue.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { writeTransactionLog } from "../../project/transaction-log.ts";

/**
 * Writes the log of an answer that has been given. A failure must not bring the answer back for another delivery, so it
 * goes on as a job of its own; only when the queue does not take that either does this throw.
 */
export async function keepTransaction(
  transaction: Transaction,
  { store, jobs, log }: { store: ObjectStore; jobs: JobSender; log: Log },
): Promise<void> {
  try {
    await writeTransactionLog(store, transaction);
  } catch (error) {
    log.warn(
      { err: error },
      "the answer is given but its log could not be written; that goes on as a job of its own",
    );
    await jobs.send({ kind: "transaction-log", transaction });
  }
}
