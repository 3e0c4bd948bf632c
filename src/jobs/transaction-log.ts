import { z } from "zod";
import { transaction } from "../stats/transaction.ts";
import type { JobDeclaration } from "./declaration.ts";

const transactionLog = z.object({ kind: z.literal("transaction-log"), transaction });
export type TransactionLogJob = z.infer<typeof transactionLog>;

/** Writes a transaction log that could not be written when its answer was given. */
export const TRANSACTION_LOG_JOB: JobDeclaration<typeof transactionLog> = {
  schema: transactionLog,
  id: ({ transaction: { id } }) => id,
  tenant: ({ transaction: { guildId, channelId } }) => guildId ?? channelId ?? "client",
  application: () => undefined,
  recipient: () => ({ via: "nobody" }),
};
