import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { readEnvironment } from "../../src/process/environment.ts";
import { jobQueue } from "../../src/queue/bullmq/job-queue.ts";
import { bullmqQueue } from "../../src/queue/bullmq/bullmq-queue.ts";
import { memoryQueue } from "../../src/queue/memory.ts";
import type { JobHandler } from "../../src/queue/queue.ts";
import { sqsQueue } from "../../src/queue/sqs/sqs-queue.ts";
import { settings } from "../../src/process/settings.ts";
import { stubAws } from "../aws/environment.ts";
import { startSqsProxy } from "../aws/sqs-proxy.ts";
import { ACCOUNT, startSqsServer } from "../aws/sqs-server.ts";
import { memoryLog } from "../memory-log.ts";
import { startRedis } from "../redis/redis-server.ts";
import { statsJob } from "../jobs/jobs.ts";

const WAIT_OPTIONS = { timeout: 20_000, interval: 20 };

/** Sets no times. The random number makes every delay as long as it can be. */
const options = { log: memoryLog().log, random: () => 0.999_999 };

const fail: JobHandler = async () => {
  throw new Error("not yet");
};

describe("by default", () => {
  beforeAll(() => stubAws());
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it("the settings have a visibility timeout of 20 s and a retry delay of 2 s", () => {
    const { JOB_VISIBILITY_SECONDS, JOB_RETRY_DELAY_MS } = settings;
    const times = z.object({ JOB_VISIBILITY_SECONDS, JOB_RETRY_DELAY_MS });
    expect(readEnvironment(times, {})).toEqual({ JOB_VISIBILITY_SECONDS: 20, JOB_RETRY_DELAY_MS: 2_000 });
  });

  it("a job that failed is retried after 2 s in memory", async () => {
    vi.useFakeTimers();
    const handler = vi.fn<JobHandler>(fail);
    const queue = memoryQueue(options);
    queue.consume(handler, { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.advanceTimersByTimeAsync(1_990);
    expect(handler).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(handler).toHaveBeenCalledTimes(2);
    await queue.close();
  });

  it("a job that failed is retried after 2 s on SQS", async ({ onTestFinished }) => {
    const server = await startSqsServer();
    onTestFinished(() => server.close());
    await server.createQueue("jobs");
    const proxy = await startSqsProxy(server.origin);
    onTestFinished(() => proxy.close());
    const queue = await sqsQueue(`${proxy.origin}/${ACCOUNT}/jobs`, options);
    onTestFinished(() => queue.close());
    queue.consume(fail, { concurrency: 1 });
    await queue.send(statsJob(1));
    const changes = () => proxy.of("ChangeMessageVisibilityBatch").map(({ body }) => body["Entries"]);
    await vi.waitFor(() => expect(changes()).not.toEqual([]), WAIT_OPTIONS);
    expect(changes()).toEqual([[expect.objectContaining({ VisibilityTimeout: 2 })]]);
  });

  it("a job that failed is retried after 2 s on Redis", async ({ onTestFinished }) => {
    const server = await startRedis();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const queue = await bullmqQueue(server.url(), options);
    onTestFinished(() => queue.close());
    queue.consume(fail, { concurrency: 1 });
    await queue.send(statsJob(1));
    const stored = jobQueue(server.look());
    onTestFinished(() => stored.close());
    const delayed = async () => (await stored.getDelayed()).map(({ delay }) => delay);
    await vi.waitFor(async () => expect(await delayed()).toEqual([2_000]), WAIT_OPTIONS);
  });
});
