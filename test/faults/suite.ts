import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stubAws } from "../aws/environment.ts";
import type { RequestResult } from "./verify.ts";
import type { Engine } from "./engine.ts";
import type { Fault } from "./fault.ts";
import { subjectOf } from "./requests.ts";
import { BETWEEN_FAULTS, run, type Run } from "./run.ts";
import { summarize } from "./summary.ts";

/** A run takes about a minute on an idle machine. */
const RUN_TIMEOUT_MS = 900_000;

/** Injects all faults in one run. Each test checks the requests that were sent during one fault. */
export function suite(openEngine: () => Promise<Engine>, faults: readonly Fault[]): void {
  let result: Run;

  beforeAll(async () => {
    stubAws();
    result = await run(openEngine, faults);
    const { engine, hits, results } = result;
    for (const [name, count] of hits)
      process.stdout.write(`${engine}, ${name} (${count}×): ${summarize(resultsOf(name))}\n`);
    process.stdout.write(`${engine}, ${BETWEEN_FAULTS}: ${summarize(resultsOf(BETWEEN_FAULTS))}\n`);
    process.stdout.write(`${engine}, total: ${summarize(results)}\n`);
  }, RUN_TIMEOUT_MS);

  afterAll(() => {
    vi.unstubAllEnvs();
  });

  function resultsOf(name: string): readonly RequestResult[] {
    return result.results.filter(({ request }) => request.phase.name === name);
  }

  function problemsDuring(name: string): string[] {
    return resultsOf(name).flatMap(({ problems }) => problems);
  }

  /** What the answered requests have asked for. */
  function answeredDuring(name: string): Set<string> {
    const answered = resultsOf(name).filter(({ state }) => state === "answered");
    return new Set(answered.map(({ request }) => subjectOf(request)));
  }

  describe("lose and duplicate nothing while", () => {
    it.each(faults.map(({ name }) => [name]))("%s", (name) => {
      const { hits, error } = result;
      if (!hits.has(name) && error !== undefined) throw error;
      expect(hits.get(name)).toBeGreaterThan(0);
      expect(problemsDuring(name)).toEqual([]);
      expect(answeredDuring(name)).toEqual(result.subjects);
    });
  });

  it("lose and duplicate nothing between faults", () => {
    expect(problemsDuring(BETWEEN_FAULTS)).toEqual([]);
    expect(answeredDuring(BETWEEN_FAULTS)).toEqual(result.subjects);
  });

  it("hold the rows of every project in its own files, and no others", () => {
    const inProjects = result.results.filter(({ request, stored }) => request.kind !== "stats" && stored);
    for (const kind of ["press", "upload"]) {
      const stored = inProjects.filter(({ request }) => request.kind === kind);
      expect(new Set(stored.map(({ request }) => "project" in request && request.project.id)).size).toBe(3);
    }
    expect(result.otherRecords.after).toEqual(result.otherRecords.before);
  });

  it("lose and double no answer of a person who labels alone, who is never stuck on an image", () => {
    const { presses, problems } = result.alone;
    process.stdout.write(`${result.engine}, labeling alone: ${presses} presses\n`);
    expect(problems).toEqual([]);
  });

  it("keep each exclusion of a person once, and nothing else of it", () => {
    const { decisions, problems } = result.exclusions;
    process.stdout.write(`${result.engine}, exclusions: ${decisions} decisions\n`);
    expect(decisions).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  it("have done every job at the end, and are still running", () => {
    const { unfinished, ended } = result;
    expect({ unfinished, ended }).toEqual({ unfinished: 0, ended: [] });
  });
}
