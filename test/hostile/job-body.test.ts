import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatJob, jobId, parseJob, tenantOf, type Job } from "../../src/queue/job.ts";
import { statsJob } from "../queue/jobs.ts";
import { typed } from "./typed.ts";

const anything = fc.oneof(fc.jsonValue(), typed({ longest: 200 }), fc.constantFrom(undefined, 1e300, -1));

/** A job of which one field, however deep, has become something else. */
const forged = fc
  .tuple(fc.constantFrom<Job["kind"]>("stats", "hotdog", "press", "upload", "remove"), anything, fc.nat())
  .map(([kind, value, at]) => {
    const image = `${"a".repeat(64)}.png`;
    const whole = {
      ...statsJob(1),
      kind,
      roundLocale: "fr",
      press: { round: "1", position: 1, label: 0, image },
      files: [{ url: "https://cdn.example/dog.png", name: "dog.png" }],
      images: [image],
      image,
    };
    let places = 0;
    const count = (): number => (places += 1);
    JSON.stringify(whole, (_, field: unknown) => (count(), field));
    const chosen = at % places;
    let place = -1;
    return (
      JSON.stringify(whole, (_, field: unknown) => ((place += 1), place === chosen ? value : field)) ?? ""
    );
  });

describe("any body of a message", () => {
  it("is a job that says the same when it is sent on, or is refused by name", () => {
    let jobs = 0;
    fc.assert(
      fc.property(fc.oneof(forged, fc.json(), typed({ longest: 200 })), (body) => {
        try {
          const job = parseJob(body);
          jobs += 1;
          expect(parseJob(formatJob(job))).toEqual(job);
          expect(jobId(job)).toMatch(/^\d{1,19}$/);
          expect(tenantOf(job)).not.toBe("");
        } catch (error) {
          if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(jobs).toBeGreaterThan(0);
  });
});
