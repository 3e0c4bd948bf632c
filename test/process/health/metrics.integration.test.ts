import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { newMetrics, type Observer } from "../../../src/process/health/metrics.ts";
import { appendLog, type AppendLog } from "../../../src/append-log/append-log.ts";
import { diskStore } from "../../../src/object-store/disk.ts";
import type { ObjectStore } from "../../../src/object-store/object-store.ts";
import { hotdogBot } from "../../hotdog-bot.ts";
import { memoryLog } from "../../memory-log.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { faultyStore } from "../../object-store/faulty-store.ts";
import { newId } from "../../append-log/rows.ts";
import { samplesOf } from "./samples.ts";

interface Measured {
  observe: Observer;
  /** @throws Error when there is no sample with this name and these labels */
  value: (name: string) => Promise<number>;
}

function measured(now = Date.now): Measured {
  const { registry, observe } = newMetrics({ now });
  return {
    observe,
    async value(name) {
      const value = samplesOf(await registry.metrics()).get(name);
      if (value === undefined) throw new Error(`no ${name}`);
      return value;
    },
  };
}

const NUMBERS = { numbers: "3 5 8" };

describe("metrics of a bot", () => {
  it("count queued and refused requests, and measure their acknowledgements", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({ observe });
    const ketchup = bot.discord.user("ketchup");
    await ketchup.command("stats", NUMBERS).answer();
    await ketchup.command("stats", NUMBERS).answer();
    await ketchup.command("stats", { numbers: "none" }).answer();
    await vi.waitFor(async () =>
      expect(await value('hotdog_requests_total{from="interaction",outcome="refused"}')).toBe(1),
    );
    expect(await value('hotdog_requests_total{from="interaction",outcome="queued"}')).toBe(2);
    expect(await value('hotdog_acknowledgement_seconds_count{kind="stats"}')).toBe(2);
    expect(await value('hotdog_acknowledgement_seconds_count{kind="refusal"}')).toBe(1);
    const seconds = await value('hotdog_acknowledgement_seconds_sum{kind="stats"}');
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
  });

  it("count requests that the queue did not accept, and interactions that had expired", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({
      observe,
      jobs: () => ({ send: () => Promise.reject(new Error("no")) }),
    });
    await bot.discord.user("ketchup").command("stats", NUMBERS).answer();
    bot.discord.user("ketchup").command("stats", NUMBERS);
    // The bot receives the interaction in a later turn of the event loop, when its 3 seconds are over.
    bot.advance(4_000);
    await vi.waitFor(async () => {
      expect(await value('hotdog_requests_total{from="interaction",outcome="not_accepted"}')).toBe(1);
      expect(await value('hotdog_requests_total{from="interaction",outcome="gone"}')).toBe(1);
    });
  });

  it("count errors of the bot as failed, and not as refused", async () => {
    const { observe, value } = measured();
    const execute = (): never => {
      throw new Error("a mistake of ours");
    };
    await using bot = await hotdogBot({
      observe,
      commands: ({ slash, message }) => ({
        slash: slash.map((command) => ({ ...command, execute })),
        message,
      }),
    });
    const asked = bot.discord.user("ketchup").command("stats", NUMBERS);
    expect((await asked.answer()).content).toContain(`Reference: \`${asked.id}\``);
    await vi.waitFor(async () =>
      expect(await value('hotdog_requests_total{from="interaction",outcome="failed"}')).toBe(1),
    );
    expect(await value('hotdog_requests_total{from="interaction",outcome="refused"}')).toBe(0);
    expect(bot.logged()).toContain("a mistake of ours");
    expect(bot.logged()).not.toContain('"msg":"refused"');
  });

  it("count messages with images separately from interactions", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({ observe, worker: false });
    const relish = bot.discord.user("relish");
    relish.post("", [{ name: "a.png", bytes: Buffer.from("no picture") }], { dm: true });
    await vi.waitFor(async () =>
      expect(await value('hotdog_requests_total{from="message",outcome="queued"}')).toBe(1),
    );
  });

  it("count an outage of the gateway once, however many attempts to connect fail", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({ observe });
    bot.discord.fault({ path: /^\/gateway$/, times: 3, act: { status: 503 } });
    bot.discord.gateway.disconnect();
    const resumed = async (): Promise<void> => expect(await value("hotdog_gateway_resumes_total")).toBe(1);
    await vi.waitFor(resumed, { timeout: 20_000 });
    expect(await value("hotdog_gateway_reconnects_total")).toBe(1);
    const messages = [...bot.logged().matchAll(/"level":[345]0.*"msg":"(the gateway .*)"/g)];
    expect(messages.map(([, message]) => message)).toEqual([
      "the gateway connection was lost; reconnecting",
      "the gateway cannot be reached; retrying",
      "the gateway connection is back",
    ]);
    expect(bot.logged()).toContain('"reason":"Unexpected server response: 503"');
  });

  it("count lost gateway connections and resumed sessions", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({ observe });
    bot.discord.gateway.disconnect();
    await vi.waitFor(async () => expect(await value("hotdog_gateway_resumes_total")).toBe(1));
    expect(await value("hotdog_gateway_reconnects_total")).toBe(1);
  });
});

describe("metrics of jobs", () => {
  it("count finished jobs, and measure their time and the rows of their commits", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({ observe });
    await bot.addImages(1);
    const ketchup = bot.discord.user("ketchup");
    const round = await ketchup.command("hotdog").answer();
    const button = /"custom_id":"([^"]+)"/.exec(JSON.stringify(round))?.[1] ?? "";
    await Promise.all([1, 2, 3].map(() => ketchup.press(round, button).answer()));
    await vi.waitFor(async () =>
      expect(await value('hotdog_jobs_total{kind="press",outcome="done"}')).toBe(3),
    );
    expect(await value('hotdog_jobs_total{kind="hotdog",outcome="done"}')).toBe(1);
    expect(await value('hotdog_job_duration_seconds_count{kind="press"}')).toBe(3);
    expect(await value('hotdog_queue_wait_seconds_count{kind="press"}')).toBe(3);
    expect(await value('hotdog_commit_rows_sum{file="labels"}')).toBe(3);
    const commits = await value('hotdog_commit_rows_count{file="labels"}');
    expect(commits).toBeGreaterThan(0);
    expect(await value('hotdog_commit_duration_seconds_count{file="labels"}')).toBe(commits);
    expect(await value("hotdog_jobs_in_progress")).toBe(0);
  });

  it("count each failed attempt, and the dead letter in the end", async () => {
    const { observe, value } = measured();
    await using bot = await hotdogBot({
      observe,
      answers: (answers) => ({ ...answers, give: () => Promise.reject(new Error("Discord is away")) }),
    });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(async () => expect(await value('hotdog_dead_letters_total{cause="failed"}')).toBe(1), {
      timeout: 20_000,
    });
    expect(await value('hotdog_jobs_total{kind="stats",outcome="retried"}')).toBe(4);
    expect(await value('hotdog_jobs_total{kind="stats",outcome="dead"}')).toBe(1);
    expect(await value('hotdog_jobs_total{kind="stats",outcome="done"}')).toBe(0);
    expect(await value('hotdog_job_duration_seconds_count{kind="stats"}')).toBe(5);
    expect(await value('hotdog_queue_wait_seconds_count{kind="stats"}')).toBe(1);
  });

  it("gauge how many jobs are in progress", async () => {
    const { observe, value } = measured();
    const answered = Promise.withResolvers<void>();
    await using bot = await hotdogBot({
      observe,
      answers: (answers) => ({
        ...answers,
        give: (...parameters) => answered.promise.then(() => answers.give(...parameters)),
      }),
    });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(async () => expect(await value("hotdog_jobs_in_progress")).toBe(2));
    answered.resolve();
    await vi.waitFor(async () => expect(await value("hotdog_jobs_in_progress")).toBe(0));
  });

  it("measure the wait from the time in the id, and only for first attempts that took place", async () => {
    const asked = Date.now();
    const { observe, value } = measured(() => asked + 7_000);
    const job = statsJob(0);
    job.interaction.id = newId(asked);
    observe.jobTaken(job, { attempt: 1, last: false })("postponed");
    observe.jobTaken(job, { attempt: 1, last: false })("retried");
    observe.jobTaken(job, { attempt: 2, last: false })("done");
    expect(await value('hotdog_queue_wait_seconds_count{kind="stats"}')).toBe(1);
    expect(await value('hotdog_queue_wait_seconds_sum{kind="stats"}')).toBeCloseTo(7, 1);
    expect(await value('hotdog_job_duration_seconds_count{kind="stats"}')).toBe(2);
    expect(await value('hotdog_jobs_total{kind="stats",outcome="postponed"}')).toBe(1);
    expect(await value("hotdog_jobs_in_progress")).toBe(0);
  });
});

describe("metrics of group commits", () => {
  async function newStore(): Promise<ObjectStore> {
    const folder = await mkdtemp(join(tmpdir(), "hotdog-metrics-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    return diskStore(folder);
  }

  function writer(store: ObjectStore, observe?: Observer): AppendLog {
    const table = { prefix: "labels/", columns: ["id", "image"] };
    return appendLog(store, table, { log: memoryLog().log, observe, now: Date.now, random: Math.random });
  }

  it("count lost races, and rows that were already there", async () => {
    const { observe, value } = measured();
    const store = await newStore();
    const [one, other] = [writer(store, observe), writer(store)];
    const id = newId();
    await one.append({ id: newId(), image: "" });
    // The first writer does not know this row.
    await other.append({ id, image: "" });
    await one.append({ id, image: "" });
    await one.append({ id: newId(), image: "" });
    expect(await value('hotdog_commit_failures_total{file="labels",reason="lost"}')).toBe(1);
    expect(await value('hotdog_commit_failures_total{file="labels",reason="failed"}')).toBe(0);
    expect(await value('hotdog_duplicate_rows_total{file="labels"}')).toBe(1);
    expect(await value('hotdog_commit_rows_sum{file="labels"}')).toBe(2);
  });

  it("count failures of the store", async () => {
    const { observe, value } = measured();
    let failures = 2;
    const store = faultyStore(await newStore(), ({ method, when }) => {
      if (method === "put" && when === "before" && (failures -= 1) >= 0) throw new Error("503");
    });
    await writer(store, observe).append({ id: newId(), image: "" });
    expect(await value('hotdog_commit_failures_total{file="labels",reason="failed"}')).toBe(2);
    expect(await value('hotdog_commit_rows_count{file="labels"}')).toBe(1);
  });

  it("count a row as already there when the answer to its write was lost", async () => {
    const { observe, value } = measured();
    let losses = 1;
    const store = faultyStore(await newStore(), ({ method, when }) => {
      if (method === "put" && when === "after" && (losses -= 1) >= 0) throw new Error("the answer is lost");
    });
    await writer(store, observe).append({ id: newId(), image: "" });
    expect(await value('hotdog_commit_failures_total{file="labels",reason="failed"}')).toBe(1);
    expect(await value('hotdog_duplicate_rows_total{file="labels"}')).toBe(1);
  });
});
