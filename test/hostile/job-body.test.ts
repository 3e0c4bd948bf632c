import { isDeepStrictEqual } from "node:util";
import { Locale, Routes } from "discord.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJob, jobId, jobIn, parseJob, tenantOf, type Job } from "../../src/jobs/job.ts";
import { statsJob } from "../jobs/jobs.ts";
import { typed } from "./typed.ts";

const anything = fc.oneof(fc.jsonValue(), typed({ longest: 200 }), fc.constantFrom(undefined, 1e300, -1));

/** A job with one field, at any depth, replaced. */
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
      press: { round: "1", position: 1, label: 0, image, project: "2" },
      files: [{ url: "https://cdn.example/dog.png", name: "dog.png" }],
      images: [image],
      image,
      project: "2",
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
  it("that is a job stays the same when it is sent again", () => {
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
      { numRuns: 2_000 },
    );
    expect(jobs).toBeGreaterThan(0);
  });

  it("that is not a job is refused in one line", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        fc.pre(jobIn(body) === undefined);
        expect(() => parseJob(body)).toThrow(/^[^\r\n\p{Cc}\u2028\u2029]+$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a job", () => {
  const BASE = "https://discord.com/api/v10";
  const file = (url: string): object => ({
    ...statsJob(1),
    kind: "upload",
    files: [{ url, name: "dog.png" }],
  });
  const withInteraction = (changes: object): object => ({
    ...statsJob(1),
    interaction: { ...statsJob(1).interaction, ...changes },
  });
  const read = (body: object): Job => parseJob(JSON.stringify(body));

  it.each(["..", ".", "%2e%2e", "a%2Fb"])(
    "with the token %j, which would change an API path, is invalid",
    (token) => {
      const { pathname } = new URL(BASE + Routes.webhookMessage("1", token));
      expect(decodeURIComponent(pathname)).not.toBe(`/api/v10/webhooks/1/${token}/messages/@original`);
      expect(() => read(withInteraction({ token }))).toThrow(/^interaction: token: /);
    },
  );

  it.each(["", "...", "a/b", "a?b", "a#b", "a b", "a\\b", "é", "a\n", "x".repeat(501)])(
    "with the token %j is invalid",
    (token) => {
      expect(() => read(withInteraction({ token }))).toThrow(/^interaction: token: /);
    },
  );

  it.each([
    "aW50ZXJhY3Rpb246MTU3Mzc5NDI0Mjk5MDQ0MDQ0ODpTb21lLXJhbmRvbV90ZXh0",
    "a.b~c=d-e_f==",
    "..a",
    "x".repeat(500),
  ])("may have the token %j, which stays one part of an address", (token) => {
    expect(read(withInteraction({ token }))).toMatchObject({ interaction: { token } });
    const { pathname } = new URL(BASE + Routes.webhookMessage("1", token));
    expect(pathname).toBe(`/api/v10/webhooks/1/${encodeURIComponent(token)}/messages/@original`);
  });

  it("has a short locale", () => {
    for (const code of Object.values(Locale))
      expect(read(withInteraction({ locale: code }))).toMatchObject({ interaction: { locale: code } });
    expect(() => read(withInteraction({ locale: "x".repeat(11) }))).toThrow(/^interaction: locale: /);
    const round = { ...statsJob(1), kind: "hotdog", roundLocale: "x".repeat(11) };
    expect(() => read(round)).toThrow(/^roundLocale: /);
  });

  it.each([
    "http://cdn.discordapp.com/dog.png",
    "ftp://cdn.discordapp.com/dog.png",
    "file:///etc/passwd",
    "data:image/png,x",
    "javascript:1",
    "http://169.254.169.254/",
    "http://127.0.0.1.evil.example/",
    "https://user@cdn.discordapp.com/dog.png",
    "https://:password@cdn.discordapp.com/dog.png",
    "//cdn.discordapp.com/dog.png",
    "dog.png",
  ])("has no file at %s", (url) => {
    expect(() => read(file(url))).toThrow(/^files: 0: url: /);
  });

  it.each([
    "https://cdn.discordapp.com/attachments/1/2/dog.png?ex=1&is=2&hm=3&",
    "http://127.0.0.1:8080/ephemeral-attachments/1/2/dog.png",
    "http://localhost:8080/attachments/1/2/dog.png",
    "http://[::1]:8080/attachments/1/2/dog.png",
  ])("may have a file at %s", (url) => {
    expect(read(file(url))).toMatchObject({ files: [{ url }] });
  });
});
