import { describe, expect, it } from "vitest";
import { formatJob, loggedJobId, parseJob, tenantOf, type Job } from "../../src/jobs/job.ts";
import { statsJob } from "./jobs.ts";

const place = { channelId: "30", guildId: "20" };

const upload: Job = {
  kind: "message-upload",
  message: { id: "1", ...place, userId: "4", locale: "en-US", replyId: "5" },
  files: [{ url: "https://cdn.example/dog.png", name: "dog.png" }],
};

const log: Job = {
  kind: "transaction-log",
  transaction: {
    id: "1",
    kind: "stats",
    answeredAt: "2026-11-21T20:16:27.233Z",
    ...place,
    request: "3",
    numbers: ["3"],
    min: "3",
    max: "3",
    mean: "3",
    median: "3",
    attempts: 1,
  },
};

describe("a round", () => {
  const { interaction } = statsJob(1);

  it("from an older bot does not say how to choose; one of today may", () => {
    const older = { kind: "hotdog", interaction, roundLocale: "en-US" };
    expect(parseJob(JSON.stringify(older))).toEqual(older);
    expect(parseJob(JSON.stringify({ ...older, choose: "needed" }))).toMatchObject({ choose: "needed" });
    expect(() => parseJob(JSON.stringify({ ...older, choose: "best" }))).toThrow(/^choose: /);
  });

  it("from an older bot is of the hot dogs; one of today may have a project and any answer", () => {
    const press = { round: "1", position: 1, label: 1, image: `${"a".repeat(64)}.png` };
    const job = (changes: object) => ({ kind: "press", interaction, press: { ...press, ...changes } });
    const parsed = (changes: object): unknown => parseJob(JSON.stringify(job(changes)));
    expect(parsed({})).toEqual(job({ project: null }));
    for (const changes of [
      { project: "5", label: 9 },
      { project: null, label: "unsure" },
    ])
      expect(parsed(changes)).toEqual(job(changes));
    for (const label of [-1, 10, 0.5, "1"]) expect(() => parsed({ label })).toThrow(/^press: label: /);
  });
});

describe("the tenant of a job", () => {
  it("is the guild, for every kind of job", () => {
    expect([statsJob(1), upload, log].map(tenantOf)).toEqual(["2", "20", "20"]);
  });

  it("is the channel outside of guilds", () => {
    expect(tenantOf({ ...upload, message: { ...upload.message, guildId: null } })).toBe("30");
  });
});

describe("the id that a log gives for a body", () => {
  it.each([
    [formatJob(statsJob(7)), "7"],
    ['{"kind":"of a newer version","interaction":{"id":"8","token":"x"}}', "8"],
    ["no job", undefined],
  ])("%s → %s", (body, id) => {
    expect(loggedJobId(body)).toBe(id);
  });
});

describe("a body that is not a job", () => {
  it.each([
    ["no json", /^Unexpected token .* is not valid JSON$/],
    ['"text"', /^no kind of job that this version knows$/],
    ['{"kind":"of-tomorrow"}', /^kind: no kind of job that this version knows$/],
    [
      JSON.stringify({ ...statsJob(1), request: 1, numbers: ["3", "-3"] }),
      /^request: Invalid input: .*; numbers: 1: Invalid string: .*$/,
    ],
  ])("is explained in one line: %s", (body, reason) => {
    expect(() => parseJob(body)).toThrow(reason);
  });
});
