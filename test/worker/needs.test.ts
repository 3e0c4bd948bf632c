import { setImmediate } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { collectVotes } from "../../src/domain/votes.ts";
import type { Tally } from "../../src/store/label-tally.ts";
import { labelNeeds } from "../../src/worker/needs.ts";
import { resting } from "../../src/worker/resting.ts";
import { votesOf } from "../domain/crowd.ts";
import { memoryLog } from "../logged.ts";

const tallyOf = (...rows: string[]): Tally => ({
  votes: votesOf(...rows),
  answers: rows.length,
  perDay: new Map(),
});

describe("what images need", () => {
  it("comes from the votes of now, also those of somebody new, when how far people are believed is older", async () => {
    let time = 0;
    let tally = tallyOf("a k 1", "b k 0");
    const { log } = memoryLog();
    const needs = labelNeeds({ tally: { read: async () => tally }, now: () => time, log });
    expect((await needs.of("k"))?.("a")).toMatchObject({ answers: 1, settled: false, byAsker: true });
    tally = tallyOf("a k 1", "b k 0", "a m 1");
    time += 10_000;
    const standingOf = await needs.of("m");
    expect(standingOf?.("a")).toMatchObject({ answers: 2, settled: true, byAsker: true });
    expect(standingOf?.("a").probability).toBeGreaterThan(0.9);
    expect(standingOf?.("c")).toMatchObject({ answers: 0, settled: false, byAsker: false });
  });

  it("is unknown, with a warning, while the labels cannot be read, and known when they can", async () => {
    let away = true;
    const { log, logged } = memoryLog();
    const read = async (): Promise<Tally> => {
      if (away) throw new Error("the store is away");
      return tallyOf("a k 1");
    };
    const needs = labelNeeds({ tally: { read }, now: () => 0, log });
    expect(await needs.of("k")).toBeUndefined();
    expect(logged()).toContain("the store is away");
    away = false;
    expect((await needs.of("k"))?.("a").answers).toBe(1);
  });

  it("is not waited for for ever, and what was begun is there for the next", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const reading = Promise.withResolvers<Tally>();
      const { log, logged } = memoryLog();
      const needs = labelNeeds({ tally: { read: () => reading.promise }, now: () => 0, log });
      const known = needs.of("k");
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await known).toBeUndefined();
      expect(logged()).toContain("no result within 2 s");
      reading.resolve({ votes: collectVotes().votes(), answers: 0, perDay: new Map() });
      expect(await needs.of("k")).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("resting work", () => {
  it("is done once for all who ask meanwhile, and rests for nine times as long as it took, ten seconds at the most", async () => {
    let time = 0;
    let takes = 100;
    let count = 0;
    const ask = resting(
      async () => {
        await setImmediate();
        time += takes;
        return (count += 1);
      },
      () => time,
    );
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    time += 899;
    expect(await ask()).toBe(1);
    time += 1;
    takes = 5_000;
    expect(await ask()).toBe(2);
    time += 9_999;
    expect(await ask()).toBe(2);
    time += 1;
    expect(await ask()).toBe(3);
  });
});
