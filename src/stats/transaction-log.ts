import { snowflakeTime } from "../platform/snowflake.ts";
import type { Transaction } from "./transaction.ts";

/** Creates a text object in the store. Does nothing if the key is taken. */
export type CreateText = (key: string, text: string) => Promise<unknown>;

/** Writes the log of a transaction. A log that exists already stays as it is. */
export async function writeTransactionLog(create: CreateText, transaction: Transaction): Promise<void> {
  await create(transactionLogKey(transaction.id), format(transaction));
}

/** `logs/YYYY/MM/DD/<id>.txt`, by the id's own date, so that every delivery of a job gets the same key. */
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

/** Writes line breaks and other invisible characters as `\u000a`, and a backslash as `\u005c`. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029\\]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
