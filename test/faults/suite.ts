import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stubAws } from "../aws/environment.ts";
import type { Item } from "./account.ts";
import type { Engine } from "./engine.ts";
import type { Fault } from "./fault.ts";
import { BETWEEN_FAULTS, run, type Run } from "./run.ts";
import { summary } from "./summary.ts";

/** Milliseconds: a run takes about a minute on a quiet machine. */
const RUN_TIMEOUT = 900_000;

/** All faults happen in one run; each test looks at what was asked during one of them. */
export function suite(openEngine: () => Promise<Engine>, faults: readonly Fault[]): void {
  let result: Run;

  beforeAll(async () => {
    stubAws();
    result = await run(openEngine, faults);
    const { engine, hits, items } = result;
    for (const [name, count] of hits)
      process.stdout.write(`${engine}, ${name} (${count}×): ${summary(itemsOf(name))}\n`);
    process.stdout.write(`${engine}, ${BETWEEN_FAULTS}: ${summary(itemsOf(BETWEEN_FAULTS))}\n`);
    process.stdout.write(`${engine}, in all: ${summary(items)}\n`);
  }, RUN_TIMEOUT);

  afterAll(() => {
    vi.unstubAllEnvs();
  });

  function itemsOf(name: string): readonly Item[] {
    return result.items.filter(({ asked }) => asked.phase.name === name);
  }

  function expectNoneLostOrDoubled(items: readonly Item[]): void {
    expect(items.flatMap(({ problems }) => problems)).toEqual([]);
    const answered = items.filter(({ fate }) => fate === "answered");
    expect(new Set(answered.map(({ asked }) => asked.kind))).toEqual(new Set(["stats", "press"]));
  }

  describe("lose and double nothing that is asked while", () => {
    for (const { name } of faults)
      it(name, () => {
        const hits = result.hits.get(name);
        if (hits === undefined) throw result.broken;
        expect(hits).toBeGreaterThan(0);
        expectNoneLostOrDoubled(itemsOf(name));
      });
  });

  it("lose and double nothing that is asked between faults", () => {
    expectNoneLostOrDoubled(itemsOf(BETWEEN_FAULTS));
  });

  it("have done every job in the end, and run", () => {
    const { unfinished, ended } = result;
    expect({ unfinished, ended }).toEqual({ unfinished: 0, ended: [] });
  });
}
