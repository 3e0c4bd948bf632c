import { describe, expect, it, vi } from "vitest";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";
import { prioritize } from "../../src/labeling/priority.ts";
import type { Fit } from "../../src/labeling/method.ts";
import type { Tally } from "../../src/project/label-tally.ts";
import { labelEstimator } from "../../src/worker/label-estimate.ts";
import { labelPriority, type LabelPriority } from "../../src/worker/label-priority.ts";
import { votesOf } from "../labeling/crowd.ts";
import { memoryLog } from "../memory-log.ts";
import { until } from "../until.ts";

const tallyOf = (...rows: string[]): Tally => ({
  votes: votesOf(...rows),
  answers: rows.length,
  unsure: 0,
  perDay: new Map(),
});

function neverAsked(): never {
  throw new Error("there are no statuses");
}

type PriorityOptions = Parameters<typeof labelPriority>[0];

function priorityOf({
  read,
  ...options
}: { read: () => Promise<Tally> } & Partial<PriorityOptions> & Pick<PriorityOptions, "log">): LabelPriority {
  const estimate = labelEstimator(HOTDOG_QUESTION);
  const trust = { read: async (): Promise<Trust> => NOTHING_KNOWN };
  const question = { settleAt: 0.9 };
  return labelPriority({ question, tally: { read }, trust, estimate, now: () => 0, ...options });
}

describe("the worker's labeling priority", () => {
  it("uses the current votes, also of new people, while the estimate of skills is older", async () => {
    let time = 0;
    let tally = tallyOf("a k 1", "b k 0");
    const { log } = memoryLog();
    const priority = priorityOf({ read: async () => tally, now: () => time, log });
    expect((await priority.statusesFor("k"))?.("a")).toMatchObject({
      answers: 1,
      settled: false,
      answeredByAsker: true,
    });
    tally = tallyOf("a k 1", "b k 0", "a m 1");
    time += 10_000;
    const statusOf = await priority.statusesFor("m");
    expect(statusOf?.("a")).toMatchObject({ answers: 2, settled: true, answeredByAsker: true });
    expect(statusOf?.("a").margin).toBeGreaterThan(0.8);
    expect(statusOf?.("c")).toMatchObject({ answers: 0, settled: false, answeredByAsker: false });
  });

  it("has gold images as settled, and shows excluded people their own answers as before", async () => {
    const { log } = memoryLog();
    const read = async (): Promise<Tally> => tallyOf("a k 1", "b k 0", "a m 1", "c m 1");
    const trust = { gold: new Map([["b", 0] as const, ["new", 1] as const]), excluded: new Set(["m"]) };
    const priority = priorityOf({ read, trust: { read: async () => trust }, log });
    const statusOf = await priority.statusesFor("m");
    expect(statusOf?.("a")).toMatchObject({ answers: 1, settled: false, answeredByAsker: true });
    expect(statusOf?.("b")).toMatchObject({ answers: 1, settled: true, answeredByAsker: false });
    expect(statusOf?.("c")).toMatchObject({ answers: 0, settled: false, answeredByAsker: true });
    expect(statusOf?.("new")).toMatchObject({ answers: 0, settled: true, answeredByAsker: false });
    const order = prioritize(["b", "c", "a", "d", "new"], statusOf ?? neverAsked);
    expect(order).toEqual(["d", "c", "a", "b", "new"]);
  });

  it("is unknown, with a warning, while the labels cannot be read, and known afterwards", async () => {
    let away = true;
    const { log, logged } = memoryLog();
    const read = async (): Promise<Tally> => {
      if (away) throw new Error("the store is away");
      return tallyOf("a k 1");
    };
    const priority = priorityOf({ read, log });
    expect(await priority.statusesFor("k")).toBeUndefined();
    expect(logged()).toContain("the store is away");
    away = false;
    expect((await priority.statusesFor("k"))?.("a").answers).toBe(1);
  });

  it("delays only the first round, and at most 2 s, until a slow first read ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const reading = Promise.withResolvers<Tally>();
      const { log, logged } = memoryLog();
      const read = async (): Promise<Tally> => reading.promise;
      const priority = priorityOf({ read, log });
      const known = priority.statusesFor("k");
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await known).toBeUndefined();
      expect(logged()).toContain("no result within 2 s");
      expect(await priority.statusesFor("k")).toBeUndefined();
      expect(logged()).toContain("the answers are still being read; the round is a random one");
      reading.resolve(tallyOf());
      await until(async () => expect(await priority.statusesFor("k")).toBeDefined());
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not wait for the estimate, and gives everybody the same skill until it is ready", async () => {
    const estimating = Promise.withResolvers<Fit>();
    const estimate = { ...labelEstimator(HOTDOG_QUESTION), estimate: () => estimating.promise };
    const { log } = memoryLog();
    const tally = tallyOf("a k 1", "b k 1", "b m 0");
    const priority = priorityOf({ read: async () => tally, estimate, log });
    const statusOf = await priority.statusesFor("k");
    expect(statusOf?.("a").margin).toBeCloseTo(0.6, 10);
    expect(statusOf?.("b").margin).toBeCloseTo(0, 10);
  });

  it("uses the last known answers when the labels can no longer be read", async () => {
    let time = 0;
    let away = false;
    const { log, logged } = memoryLog();
    const read = async (): Promise<Tally> => {
      if (away) throw new Error("the store is away");
      return tallyOf("a k 1");
    };
    const priority = priorityOf({ read, now: () => time, log });
    await priority.statusesFor("k");
    away = true;
    time += 10_000;
    expect((await priority.statusesFor("k"))?.("a").answers).toBe(1);
    expect(logged()).toContain("the round goes by what was known before");
  });
});
