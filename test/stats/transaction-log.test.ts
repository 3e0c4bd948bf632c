import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Transaction } from "../../src/stats/transaction.ts";
import { textCreator } from "../../src/object-store/object-store.ts";
import { diskStore } from "../../src/object-store/disk.ts";
import { transactionLogKey, writeTransactionLog } from "../../src/stats/transaction-log.ts";

/** 2026-11-21T10:20:30.400Z in a snowflake. */
const ID = String((BigInt(Date.UTC(2026, 10, 21, 10, 20, 30, 400)) - 1_420_070_400_000n) << 22n);

const transaction: Transaction = {
  id: ID,
  kind: "stats",
  answeredAt: "2026-11-21T10:20:30.700Z",
  guildId: "11",
  channelId: "12",
  request: "3 5 8",
  numbers: ["3", "5", "8"],
  min: "3",
  max: "8",
  mean: "≈ 5.33333333333",
  median: "5",
  attempts: 1,
};

describe("the transaction log", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-log-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function written(changes: Partial<Transaction> = {}): Promise<string> {
    await writeTransactionLog(textCreator(await diskStore(folder)), { ...transaction, ...changes });
    return readFile(join(folder, "logs/2026/11/21", `${ID}.txt`), "utf8");
  }

  it("has a key with the day of the request", () => {
    expect(transactionLogKey(ID)).toBe(`logs/2026/11/21/${ID}.txt`);
  });

  it("holds one key and value per line", async () => {
    expect(await written()).toBe(
      [
        `id: ${ID}`,
        "kind: stats",
        "received: 2026-11-21T10:20:30.400Z",
        "answered: 2026-11-21T10:20:30.700Z",
        "guild: 11",
        "channel: 12",
        "request: 3 5 8",
        "numbers: 3 5 8",
        "min: 3",
        "max: 8",
        "mean: ≈ 5.33333333333",
        "median: 5",
        "attempts: 1",
        "",
      ].join("\n"),
    );
  });

  it("keeps a request with line breaks on one line", async () => {
    expect(await written({ request: "3\n5\r\u20288" })).toContain("\nrequest: 3\\u000a5\\u000d\\u20288\n");
  });

  it("stays as it was first written, whoever writes it again", async () => {
    const first = await written();
    expect(await written({ attempts: 2 })).toBe(first);
  });
});
