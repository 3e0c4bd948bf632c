import { setTimeout as wait } from "node:timers/promises";
import { expect, it, type TestContext } from "vitest";
import { asker } from "../../../src/cli/client/asker.ts";
import { jobId, type Job } from "../../../src/jobs/job.ts";
import type { Reply } from "../../../src/queue/reply.ts";

const CLIENT = "9b2f2c1e-4c39-4d8f-9d55-0c8e5f6a7b10";
const THREE = { request: "3", numbers: ["3"] };
const STATS = { min: "3", max: "3", mean: "3", median: "3" };

/** Starts an asker whose clock stands still. */
function start({ onTestFinished }: TestContext, receive: () => Promise<Reply[]>, refusal?: Error) {
  let randoms = 0;
  const sent: Job[] = [];
  const troubles: string[] = [];
  const asking = asker({
    engine: "bullmq",
    jobs: {
      async send(job) {
        if (refusal !== undefined) throw refusal;
        sent.push(job);
      },
    },
    replies: {
      receive: (signal) => Promise.race([receive(), wait(60_000, [], { signal })]),
      close: async () => {},
    },
    client: CLIENT,
    timeout: 60,
    pause: 5,
    // Returns each number twice.
    random: () => Math.floor((randoms += 1) / 2) / 100,
    now: () => 1_790_000_000_000,
    onFailing: (reason) => troubles.push(reason),
  });
  onTestFinished(() => asking.close());
  return { ask: asking.ask, sent, troubles };
}

const nothing = (): Promise<Reply[]> => new Promise(() => {});

it("reports why the queue did not accept a request", async (test) => {
  const { ask } = start(test, nothing, new Error("full"));
  expect(await ask(THREE)).toEqual({
    text: "the queue did not confirm the job: full",
    code: 1,
  });
});

it("never gives a request the id of one that is unanswered", async (test) => {
  const { ask, sent } = start(test, nothing);
  for (let count = 0; count < 10; count += 1) void ask(THREE);
  expect(new Set(sent.map(jobId)).size).toBe(10);
});

it("reports once that answers cannot be received, and receives them later", async (test) => {
  let failures = 0;
  const { ask, sent, troubles } = start(test, async () => {
    failures += 1;
    if (failures <= 2) throw new Error("away");
    const [job] = sent;
    return job?.kind === "client-stats" ? [{ id: job.id, client: CLIENT, stats: STATS }] : nothing();
  });
  expect(await ask(THREE)).toEqual({ text: "min 3, max 3, mean 3, median 3", code: 0 });
  expect(troubles).toEqual(["away"]);
});
