import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { Queue } from "bullmq";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { jobId } from "../../../src/jobs/job.ts";
import {
  RefusedJobError,
  type DeadLetter,
  type JobHandler,
  type JobQueue,
} from "../../../src/queue/queue.ts";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { startSqsServer } from "../../aws/sqs-server.ts";
import { runProcess } from "../../end-to-end/process.ts";
import { memoryLog } from "../../memory-log.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { startRedis } from "../../redis/redis-server.ts";

const LONG = { timeout: 25_000, interval: 50 };
const { log } = memoryLog();

let opened: AsyncDisposableStack;

beforeEach(() => {
  opened = new AsyncDisposableStack();
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
});

afterEach(async () => {
  await opened.disposeAsync();
  vi.unstubAllEnvs();
});

/** Runs `npm run dead-letters`. @param words arguments, separated by spaces */
async function run(words: string, url: string): Promise<{ code: unknown; output: string }> {
  const settings = { ...AWS_ENVIRONMENT, QUEUE_URL: url };
  await using child = runProcess("src/cli/dead-letters/main.ts", settings, words.split(" "));
  return { code: await child.exited, output: child.output() };
}

interface Engine {
  url: string;
  queue: JobQueue;
  /** Sends a text that may not be a job. */
  sendBody: (body: string) => Promise<unknown>;
  /** Counts its dead letters. */
  count: () => Promise<number>;
}

async function onRedis(): Promise<Engine> {
  const redis = opened.use(await startRedis());
  const strange = new Queue("jobs", { connection: redis.look(), prefix: "hotdog-bot" });
  const queue = await bullmqQueue(redis.url(), { log, retryDelayMs: 5 });
  return {
    url: redis.url(),
    queue,
    sendBody: (body) => strange.add("strange", body),
    count: async () => (await queue.deadLetters()).length,
  };
}

async function onSqs(): Promise<Engine> {
  const server = await startSqsServer();
  opened.defer(() => server.close());
  const url = await server.createQueue("hotdog");
  const queue = await sqsQueue(url, { log, retryDelayMs: 5, visibilitySeconds: 2, pollWaitSeconds: 1 });
  const sendBody = (MessageBody: string): Promise<unknown> =>
    server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
  // Listing them would take a second.
  const count = async (): Promise<number> => (await server.count("hotdog-dead-letters")).visible;
  return { url, queue, sendBody, count };
}

function startConsumer(queue: JobQueue, handler: JobHandler): void {
  const consumer = queue.consume(handler, { concurrency: 5 });
  opened.defer(() => consumer.stop(0));
}

/** Makes two dead letters: a job that its handler refuses, and a text that is not a job. */
async function withDeadLetters({ queue, sendBody, count }: Engine): Promise<{
  /** Ids of the two dead letters. */
  ids: { stats: string; strange: string };
  /** Lets jobs succeed from now on. @returns the ids of those that do */
  mend: () => string[];
}> {
  opened.defer(() => queue.close());
  let failing = true;
  const done: string[] = [];
  startConsumer(queue, async (job) => {
    if (failing)
      throw new RefusedJobError("500 of /webhooks/1/token-of-1573794242/messages\n\u202Enext line");
    done.push(jobId(job));
  });
  await queue.send(statsJob(1_573_794_242));
  await sendBody("no job");
  await vi.waitFor(async () => expect(await count()).toBe(2), LONG);
  const letters = await queue.deadLetters();
  const isStrange = ({ body }: DeadLetter): boolean => body === "no job";
  const stats = letters.find((letter) => !isStrange(letter))?.id ?? "";
  return {
    ids: { stats, strange: letters.find(isStrange)?.id ?? "" },
    mend() {
      failing = false;
      return done;
    },
  };
}

describe("npm run dead-letters", () => {
  it("lists dead letters on Redis", async () => {
    const engine = await onRedis();
    const { ids } = await withDeadLetters(engine);
    const { code, output } = await run("list", engine.url);
    expect(code).toBe(0);
    const lines = output.trimEnd().split("\n");
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    const reason = String.raw`500 of /webhooks/1/\[redacted\]/messages\\u\{a\}\\u\{202e\}next line`;
    const stats = lines.find((line) => line.startsWith(ids.stats));
    expect(stats).toMatch(new RegExp(String.raw`^\S+  ${time}  stats  1573794242  ${reason}$`));
    const strange = lines.find((line) => line.startsWith(ids.strange));
    expect(strange).toMatch(new RegExp(String.raw`^\S+  ${time}  no job  -  \S`));
    expect(lines).toHaveLength(2);
    expect(await engine.count()).toBe(2);
  }, 120_000);

  it("retries one on SQS, and exits with 1 because another id is not found", async () => {
    const engine = await onSqs();
    const { ids, mend } = await withDeadLetters(engine);
    const done = mend();
    const { code, output } = await run(`retry nonsense ${ids.stats} ${ids.stats}`, engine.url);
    expect(output).toContain("1 job was sent again.\n");
    expect(output).toContain("There is no dead letter nonsense, or another process holds it at the moment");
    expect(code).toBe(1);
    await vi.waitFor(() => expect(done).toEqual(["1573794242"]), LONG);
    expect(await engine.count()).toBe(1);
  }, 120_000);

  it("exits with 1 if QUEUE_URL is not set, because the queue is in another process's memory", async () => {
    expect(await run("list", "")).toEqual({
      code: 1,
      output:
        "QUEUE_URL is memory:, so dead letters last only as long as the process that runs the queue. Its log names each of them.\n",
    });
  });
});
