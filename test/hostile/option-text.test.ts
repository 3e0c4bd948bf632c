import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_NUMBERS, parseNumbers } from "../../src/stats/numbers.ts";
import { computeStats } from "../../src/stats/stats.ts";
import { formatJob, parseJob } from "../../src/jobs/job.ts";
import { MAX_REQUEST_LENGTH } from "../../src/jobs/stats.ts";
import { echo } from "../../src/texts/echo.ts";
import { statsJob } from "../jobs/jobs.ts";
import { nearlyNumbers, typed } from "./typed.ts";

const text = typed({ longest: MAX_REQUEST_LENGTH });

describe("any text of an option", () => {
  it("is either 1 to 10 positive numbers, which make a valid job, or has a named fault", () => {
    fc.assert(
      fc.property(fc.oneof(text, nearlyNumbers), (request) => {
        const parsed = parseNumbers(request);
        if (!parsed.ok) return parsed.faults.length > 0 || parsed.count === 0 || parsed.count > MAX_NUMBERS;
        const { numbers, commaBetweenDigits } = parsed;
        const { length } = numbers;
        const job = statsJob(1, { request, numbers, commaBetweenDigits });
        return (
          length >= 1 &&
          length <= MAX_NUMBERS &&
          numbers.every((number) => Number(number) > 0) &&
          isDeepStrictEqual(parseJob(formatJob(job)), job)
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("parses to the same numbers when they are formatted and parsed again", () => {
    fc.assert(
      fc.property(nearlyNumbers, (request) => {
        const parsed = parseNumbers(request);
        if (!parsed.ok) return true;
        const again = parseNumbers(parsed.numbers.join(" "));
        return again.ok && isDeepStrictEqual(again.numbers, parsed.numbers);
      }),
      { numRuns: 1_000 },
    );
  });

  it("has the same stats in any order of its numbers", () => {
    fc.assert(
      fc.property(nearlyNumbers, (request) => {
        const parsed = parseNumbers(request);
        if (!parsed.ok) return;
        const stats = computeStats(parsed.numbers);
        expect(computeStats(parsed.numbers.toReversed())).toEqual(stats);
        const [min, max] = [Number(stats.min), Number(stats.max)];
        for (const text of [stats.mean, stats.median]) {
          const value = Number(text.replace("≈ ", ""));
          // A rounded number has 12 digits.
          expect(value).toBeGreaterThanOrEqual(min * (1 - 1e-11));
          expect(value).toBeLessThanOrEqual(max * (1 + 1e-11));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("is shown as one short piece of inline code", () => {
    fc.assert(
      fc.property(text, (request) => {
        const shown = echo(request);
        expect(shown).toMatch(/^`[^`\p{C}]*`$/u);
        expect(shown.length).toBeLessThanOrEqual(83);
      }),
      { numRuns: 2_000 },
    );
  });
});
