import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stubAws } from "../aws/environment.ts";
import type { Item } from "./account.ts";
import type { Engine } from "./engine.ts";
import type { Fault } from "./fault.ts";
import { BETWEEN_FAULTS, run, type Run } from "./run.ts";
import { summary } from "./summary.ts";

/** Milliseconds: a run takes about a minute on a quiet machine. */
const RUN_TIMEOUT = 900_000;

const BOTH = new Set(["stats", "press"]);

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

  function problemsDuring(name: string): string[] {
    return itemsOf(name).flatMap(({ problems }) => problems);
  }

  /** Of what was asked then and answered. */
  function kindsDuring(name: string): Set<string> {
    const answered = itemsOf(name).filter(({ fate }) => fate === "answered");
    return new Set(answered.map(({ asked }) => asked.kind));
  }

  describe("lose and double nothing that is asked while", () => {
    it.each(faults.map(({ name }) => [name]))("%s", (name) => {
      const { hits, broken } = result;
      if (!hits.has(name) && broken !== undefined) throw broken;
      expect(hits.get(name)).toBeGreaterThan(0);
      expect(problemsDuring(name)).toEqual([]);
      expect(kindsDuring(name)).toEqual(BOTH);
    });
  });

  it("lose and double nothing that is asked between faults", () => {
    expect(problemsDuring(BETWEEN_FAULTS)).toEqual([]);
    expect(kindsDuring(BETWEEN_FAULTS)).toEqual(BOTH);
  });

  it("have done every job in the end, and run", () => {
    const { unfinished, ended } = result;
    expect({ unfinished, ended }).toEqual({ unfinished: 0, ended: [] });
  });
}
