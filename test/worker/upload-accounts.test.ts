import { describe, expect, it } from "vitest";
import { RetryLaterError } from "../../src/queue/queue.ts";
import { uploadAccounts } from "../../src/worker/upload-accounts.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const MIB = 1024 * 1024;

function setup({ maxPeople = 100 } = {}) {
  let time = 365 * DAY;
  const accounts = uploadAccounts({ now: () => time, random: () => 1 / 3, maxPeople });
  /** Milliseconds by which an upload of this person would be postponed; 0 when it is done. */
  async function delayOf(userId: string): Promise<number> {
    try {
      await accounts.runUpload(userId, () => Promise.resolve());
      return 0;
    } catch (error) {
      if (error instanceof RetryLaterError) return error.delayMs;
      throw error;
    }
  }
  return { accounts, delayOf, advance: (by: number) => (time += by) };
}

describe("the uploads of one person", () => {
  it("run one at a time, in parallel with those of others, also after a failure", async () => {
    const { accounts, delayOf } = setup();
    const work = Promise.withResolvers<void>();
    const first = accounts.runUpload("relish", () => work.promise);
    expect(await delayOf("relish")).toBe(SECOND);
    expect(await delayOf("ketchup")).toBe(0);
    work.reject(new Error("no store"));
    await expect(first).rejects.toThrow("no store");
    expect(await delayOf("relish")).toBe(0);
  });

  it("wait after more than 20 s of decoding, four times as long as the excess", async () => {
    const { accounts, delayOf, advance } = setup();
    accounts.addDecoding("relish", 20 * SECOND);
    expect(await delayOf("relish")).toBe(0);
    accounts.addDecoding("relish", 30 * SECOND);
    expect(await delayOf("relish")).toBe(2 * MINUTE);
    expect(await delayOf("ketchup")).toBe(0);
    advance(MINUTE);
    expect(await delayOf("relish")).toBe(MINUTE);
    advance(MINUTE);
    expect(await delayOf("relish")).toBe(0);
    advance(DAY);
    accounts.addDecoding("relish", 20 * SECOND);
    expect(await delayOf("relish")).toBe(0);
  });

  it("wait for at most 10 minutes, which every queue supports", async () => {
    const { accounts, delayOf } = setup();
    accounts.addDecoding("relish", DAY);
    expect(await delayOf("relish")).toBe(10 * MINUTE);
  });

  it("may store 500 MiB a day (UTC)", () => {
    const { accounts, advance } = setup();
    accounts.addStored("relish", 499 * MIB);
    expect(accounts.hasRoom("relish", MIB)).toBe(true);
    expect(accounts.hasRoom("relish", MIB + 1)).toBe(false);
    expect(accounts.hasRoom("ketchup", 12 * MIB)).toBe(true);
    advance(DAY - 1);
    expect(accounts.hasRoom("relish", MIB + 1)).toBe(false);
    advance(1);
    expect(accounts.hasRoom("relish", 500 * MIB)).toBe(true);
  });

  it("are counted for a limited number of people: the latest ones, and those with a running upload", async () => {
    const { accounts, delayOf } = setup({ maxPeople: 3 });
    const work = Promise.withResolvers<void>();
    const first = accounts.runUpload("at work", () => work.promise);
    for (const person of ["a", "b", "c", "d"]) accounts.addDecoding(person, MINUTE);
    expect(await delayOf("at work")).toBeGreaterThan(0);
    expect(await delayOf("d")).toBeGreaterThan(0);
    expect(await delayOf("a")).toBe(0);
    work.resolve();
    await first;
  });
});
