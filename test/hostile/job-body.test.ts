import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJob, jobId, jobIn, parseJob, tenantOf, type Job } from "../../src/queue/job.ts";
import { statsJob } from "../queue/jobs.ts";
import { typed } from "./typed.ts";

const anything = fc.oneof(fc.jsonValue(), typed({ longest: 200 }), fc.constantFrom(undefined, 1e300, -1));

/** A job of which one field, however deep, has become something else. */
const forged = fc
  .tuple(
    fc.constantFrom<Job["kind"]>("stats", "hotdog", "press", "upload", "remove", "export"),
    anything,
    fc.nat(),
  )
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

const bodies = fc.oneof(forged, fc.json(), typed({ longest: 200 }));

describe("any body of a message", () => {
  it("that is a job says the same when it is sent on", () => {
    let jobs = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        const job = jobIn(body);
        if (job === undefined) return true;
        jobs += 1;
        return (
          isDeepStrictEqual(parseJob(formatJob(job)), job) &&
          /^\d{1,19}$/.test(jobId(job)) &&
          tenantOf(job) !== ""
        );
      }),
      { numRuns: 5_000 },
    );
    expect(jobs).toBeGreaterThan(0);
  });

  it("that is none is refused in one line", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        fc.pre(jobIn(body) === undefined);
        expect(() => parseJob(body)).toThrow(/^[^\r\n\p{Cc}\u2028\u2029]+$/u);
      }),
      { numRuns: 5_000 },
    );
  });
});
