import type { TransactionLogJob } from "../../jobs/transaction-log.ts";
import { writeTransactionLog } from "../../stats/transaction-log.ts";
import type { JobContext } from "../run-job.ts";

/** Writes a log that could not be written when its answer was given. */
export async function writeLog(
  { transaction }: TransactionLogJob,
  { createText }: JobContext,
): Promise<void> {
  await writeTransactionLog(createText, transaction);
}
