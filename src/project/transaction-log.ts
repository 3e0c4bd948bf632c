import { snowflakeTime } from "../platform/snowflake.ts";
import type { Transaction } from "../stats/transaction.ts";
import { ConditionFailedError, type ObjectStore } from "../object-store/object-store.ts";

/** Writes the log of a transaction once; a log that is there already stays as it is. */
export async function writeTransactionLog(store: ObjectStore, transaction: Transaction): Promise<void> {
  const body = Buffer.from(format(transaction));
  const options = { condition: { ifNoneMatch: "*" }, contentType: "text/plain; charset=utf-8" } as const;
  try {
    await store.put(transactionLogKey(transaction.id), body, options);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

/** The date is the id's own, so that every delivery of a job finds the same key: `logs/YYYY/MM/DD/<id>.txt`. */
export function transactionLogKey(id: string): string {
  const [date = ""] = snowflakeTime(id).toISOString().split("T");
  return `logs/${date.replaceAll("-", "/")}/${id}.txt`;
}

function format(transaction: Transaction): string {
  const lines = {
    id: transaction.id,
    kind: transaction.kind,
    received: snowflakeTime(transaction.id).toISOString(),
    answered: transaction.answeredAt,
    guild: transaction.guildId ?? (transaction.channelId === null ? "none" : "none (direct message)"),
    channel: transaction.channelId ?? "none (a client without Discord)",
    request: transaction.request,
    numbers: transaction.numbers.join(" "),
    min: transaction.min,
    max: transaction.max,
    mean: transaction.mean,
    median: transaction.median,
    attempts: String(transaction.attempts),
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${onOneLine(value)}\n`)
    .join("");
}

/** Line breaks and other characters that cannot be seen are written as `\u000a`, a backslash as `\u005c`. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029\\]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
