import type { TransactionLogJob } from "../../jobs/transaction-log.ts";
import type { Transaction } from "../../stats/transaction.ts";
import { writeTransactionLog } from "../../stats/transaction-log.ts";
import type { JobContext } from "../run-job.ts";

/**
 * Writes the log of an answer that was given. If that fails, sends a job that writes it later, so that the answer itself is not
 * retried.
 * @throws Error if the queue does not accept that job either
 */
export async function logTransaction(
  transaction: Transaction,
  { createText, jobs, log }: Pick<JobContext, "createText" | "jobs" | "log">,
): Promise<void> {
  try {
    await writeTransactionLog(createText, transaction);
  } catch (error) {
    log.warn(
      { err: error },
      "the answer was given but its log could not be written; a new job will write it",
    );
    await jobs.send({ kind: "transaction-log", transaction });
  }
}

/** Writes a log that could not be written when its answer was given. */
export async function writeLog(
  { transaction }: TransactionLogJob,
  { createText }: JobContext,
): Promise<void> {
  await writeTransactionLog(createText, transaction);
}
