import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { formatJob, jobId } from "../../../src/jobs/job.ts";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import { refusal } from "../../aws/sqs-proxy.ts";
import { memoryLog } from "../../memory-log.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { useSqs, type UsedSqs } from "./use-sqs.ts";

const start = useSqs();
const WAIT_OPTIONS = { timeout: 60_000, interval: 25 };
const EMPTY = { visible: 0, hidden: 0, delayed: 0 };

/** Sends these texts to the dead-letter queue, ten at a time, as SQS allows. */
async function sendDeadLetters(sqs: UsedSqs, name: string, bodies: string[]): Promise<void> {
  const QueueUrl = sqs.server.urlOf(`${name}-dead-letters`);
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies
      .slice(start, start + 10)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const { Failed } = await sqs.server.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Failed ?? []).toEqual([]);
  }
}

function sendJobs(sqs: UsedSqs, name: string, count: number): Promise<void> {
  const bodies = Array.from({ length: count }, (_, index) => formatJob(statsJob(index + 1)));
  return sendDeadLetters(sqs, name, bodies);
}

describe.concurrent("dead letters on SQS", () => {
  it("are each retried once by two operators at the same time", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    const { queue: other } = await sqs.open(name);
    await sendJobs(sqs, name, 120);
    const done: string[] = [];
    const counts = await Promise.all([queue.retryDeadLetters(), other.retryDeadLetters()]);
    expect(counts.flat()).toHaveLength(120);
    queue.consume(async (job) => void done.push(jobId(job)), { concurrency: 50 });
    await vi.waitFor(() => expect(new Set(done).size).toBe(120), WAIT_OPTIONS);
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    expect(done).toHaveLength(120);
    expect(await sqs.server.count(`${name}-dead-letters`)).toEqual(EMPTY);
  });

  it("are requested from all servers of SQS, and hidden for two minutes", async (test) => {
    const sqs = await start(test);
    const queue = await sqsQueue(sqs.urlOf(await sqs.createQueue()), { log: memoryLog().log });
    test.onTestFinished(() => queue.close());
    expect(await queue.deadLetters()).toEqual([]);
    expect(sqs.proxy.of("ReceiveMessage").map(({ body }) => body)).toMatchObject([
      { WaitTimeSeconds: 1, VisibilityTimeout: 120 },
    ]);
  });

  it("stay, and are visible at once, when they cannot be sent", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await sendJobs(sqs, name, 3);
    sqs.proxy.answer = ({ action }) => (action === "SendMessageBatch" ? refusal("AccessDenied") : undefined);
    await expect(queue.retryDeadLetters()).rejects.toThrow("no");
    expect(await sqs.server.count(`${name}-dead-letters`)).toEqual({ ...EMPTY, visible: 3 });
  });

  it("are sent before they are deleted, with the tenant of their job", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await sendJobs(sqs, name, 1);
    sqs.proxy.answer = ({ action }) =>
      action === "DeleteMessageBatch" ? refusal("AccessDenied") : undefined;
    await expect(queue.retryDeadLetters()).rejects.toThrow("no");
    const [sent] = sqs.proxy.of("SendMessageBatch");
    expect(sent?.body["Entries"]).toEqual([
      { Id: "0", MessageBody: formatJob(statsJob(1)), MessageGroupId: "2" },
    ]);
    expect(await sqs.server.count(`${name}-dead-letters`)).toEqual({ ...EMPTY, visible: 1 });
  });

  it("are each retried once although they fail again at once", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    const bodies = Array.from({ length: 25 }, (_, index) => `not a job ${index}`);
    await sendDeadLetters(sqs, name, bodies);
    queue.consume(async () => {}, { concurrency: 50 });
    expect(await queue.retryDeadLetters()).toHaveLength(25);
    await vi.waitFor(
      async () => expect(await sqs.server.count(`${name}-dead-letters`)).toMatchObject({ visible: 25 }),
      WAIT_OPTIONS,
    );
  });

  it("are received only until the requested ones are found, and become visible again", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await sendJobs(sqs, name, 40);
    const [first] = await queue.deadLetters();
    const before = sqs.proxy.of("ReceiveMessage").length;
    expect(await queue.dropDeadLetters([first?.id ?? ""])).toEqual([first?.id]);
    expect(sqs.proxy.of("ReceiveMessage").length - before).toBeLessThanOrEqual(5);
    expect(await sqs.server.count(`${name}-dead-letters`)).toEqual({ ...EMPTY, visible: 39 });
  });
});
