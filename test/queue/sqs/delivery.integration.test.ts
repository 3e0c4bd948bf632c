import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { formatJob } from "../../../src/jobs/job.ts";
import { RetryLaterError, type Delivery, type JobHandler } from "../../../src/queue/queue.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { refusal } from "../../aws/sqs-proxy.ts";
import { deadLetterObserver } from "../dead-letter-observer.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import { memoryLog } from "../../memory-log.ts";
import { fastest } from "../../until.ts";
import { redrivePolicy, useSqs, type UsedSqs } from "./use-sqs.ts";

const start = useSqs();
const WAIT_OPTIONS = { timeout: 60_000, interval: 25 };
const EMPTY = { visible: 0, hidden: 0, delayed: 0 };

describe.concurrent("a job that takes long", () => {
  it("is delivered only once", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name, { visibilitySeconds: 3 });
    const deliveries: Delivery[] = [];
    const slow: JobHandler = async (_job, delivery) => {
      deliveries.push(delivery);
      await new Promise((resolve) => setTimeout(resolve, 6_500));
    };
    queue.consume(slow, { concurrency: 10 });
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    expect(deliveries).toEqual([{ attempt: 1, last: false }]);
  });

  it("has its visibility extended, which quick jobs do not need", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { visibilitySeconds: 2 });
    let done = 0;
    queue.consume(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        done += 1;
      },
      { concurrency: 1 },
    );
    await Promise.all(Array.from({ length: 20 }, (_, index) => queue.send(statsJob(index + 1))));
    await vi.waitFor(() => expect(done).toBe(20), WAIT_OPTIONS);
    expect(sqs.proxy.of("ChangeMessageVisibilityBatch")).toEqual([]);
  });

  it("is not extended again once SQS refuses that, which is logged once", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    sqs.proxy.answer = ({ action }) => {
      if (action !== "ChangeMessageVisibilityBatch") return undefined;
      const failed = {
        Id: "0",
        SenderFault: true,
        Code: "InvalidParameterValue",
        Message: "exceeds 12 hours",
      };
      return { status: 200, body: { Failed: [failed] } };
    };
    const { queue, logged } = await sqs.open(name, { visibilitySeconds: 1 });
    const gate = Promise.withResolvers<void>();
    queue.consume(() => gate.promise, { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(logged()).toContain("SQS refuses to extend"), WAIT_OPTIONS);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(sqs.proxy.of("ChangeMessageVisibilityBatch")).toHaveLength(1);
    gate.resolve();
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
  });

  it("is not hidden by a late extension after it has failed", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { visibilitySeconds: 6 });
    const extension = Promise.withResolvers<undefined>();
    const changes = () => sqs.proxy.of("ChangeMessageVisibilityBatch");
    sqs.proxy.answer = ({ action }) =>
      action === "ChangeMessageVisibilityBatch" && changes().length === 1 ? extension.promise : undefined;
    const work = Promise.withResolvers<void>();
    const attempts: number[] = [];
    const handler: JobHandler = async (_job, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) await work.promise;
    };
    queue.consume(handler, { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(changes()).toHaveLength(1), WAIT_OPTIONS);
    work.reject(new Error("not yet"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    extension.resolve(undefined);
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), { timeout: 4_000, interval: 10 });
  });

  it("is hidden for 20 s at a time by default", async (test) => {
    const sqs = await start(test);
    const queue = await sqsQueue(sqs.urlOf(await sqs.createQueue()), { log: memoryLog().log });
    test.onTestFinished(() => queue.close());
    const consumer = queue.consume(async () => {}, { concurrency: 1 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage")).not.toEqual([]), WAIT_OPTIONS);
    expect(sqs.proxy.of("ReceiveMessage")[0]?.body["VisibilityTimeout"]).toBe(20);
    await consumer.stop(0);
  });

  it("is redelivered to another consumer when the first one dies", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue: first } = await sqs.open(name, { visibilitySeconds: 1 });
    let started = 0;
    first.consume(
      async () => {
        started += 1;
        // From now on nothing from the first consumer reaches SQS, as if it had been killed.
        sqs.proxy.answer = () => "hang";
        await new Promise(() => {});
      },
      { concurrency: 1 },
    );
    await first.send(statsJob(1));
    await vi.waitFor(() => expect(started).toBe(1), WAIT_OPTIONS);

    const alive = await sqs.openDirectly(name);
    const deliveries: Delivery[] = [];
    alive.consume(async (_job, delivery) => void deliveries.push(delivery), { concurrency: 1 });
    await vi.waitFor(() => expect(deliveries).toEqual([{ attempt: 2, last: false }]), WAIT_OPTIONS);
    sqs.proxy.answer = () => "cut";
  });
});

describe.concurrent("a postponed job", () => {
  it("is not moved by the redrive policy, and keeps its number of attempts", async (test) => {
    const sqs = await start(test);
    await sqs.server.createQueue("dead-letters-of-postponed");
    const name = await sqs.createQueue(redrivePolicy("dead-letters-of-postponed", 2));
    const { queue } = await sqs.open(name, { retryDelayMs: 0 });
    const deliveries: Delivery[] = [];
    queue.consume(
      async (_job, delivery) => {
        deliveries.push(delivery);
        if (deliveries.length === 1) throw new Error("counts");
        if (deliveries.length <= 4) throw new RetryLaterError(0);
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 2, 2, 2]);
    expect(await sqs.server.count("dead-letters-of-postponed")).toEqual(EMPTY);
  });

  it("is sent as a new message, with its delay in whole seconds and its tenant, before the old one is deleted", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    let postponed = 0;
    queue.consume(
      async () => {
        if ((postponed += 1) === 1) throw new RetryLaterError(1_001);
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(sqs.proxy.of("DeleteMessageBatch")).toHaveLength(1), WAIT_OPTIONS);
    const [first, second] = sqs.proxy
      .of("SendMessageBatch")
      .map(({ body }) => (body["Entries"] as object[])[0]);
    expect(second).toMatchObject({
      MessageBody: (first as { MessageBody: string }).MessageBody,
      MessageGroupId: "2",
      DelaySeconds: 2,
    });
    expect(await sqs.server.count(name)).toEqual({ visible: 0, hidden: 0, delayed: 1 });
  });

  it("is redelivered, and the attempt counts, when it cannot be sent as a new message", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue, logged } = await sqs.open(name);
    const attempts: number[] = [];
    queue.consume(
      async (_job, { attempt }) => {
        attempts.push(attempt);
        if (attempts.length === 1) throw new RetryLaterError(1);
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    sqs.proxy.answer = ({ action }) => (action === "SendMessageBatch" ? refusal("AccessDenied") : undefined);
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), WAIT_OPTIONS);
    expect(logged()).toContain("could not postpone a job");
  });
});

describe.concurrent("dead letters", () => {
  const fail: JobHandler = async () => {
    throw new Error("no\u0000 good 🌭");
  };

  it("go to the target of the redrive policy, with their reason, in the order they were moved", async (test) => {
    const sqs = await start(test);
    await sqs.server.createQueue("dead-letters-of-policy");
    const name = await sqs.createQueue(redrivePolicy("dead-letters-of-policy", 6));
    const { queue } = await sqs.open(name);
    for (const body of ["first", "second"]) await sendBody(sqs, name, body);
    queue.consume(fail, { concurrency: 1 });
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    const deadLetters = await queue.deadLetters();
    expect(deadLetters.map(({ body }) => body)).toEqual(["first", "second"]);
    expect(deadLetters[0]?.reason).toContain("first");
    expect(await sqs.server.count("dead-letters-of-policy")).toEqual({ ...EMPTY, visible: 2 });
  });

  it("are all listed, once each, and can be listed again", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    for (let index = 0; index < 25; index += 1) await sendBody(sqs, `${name}-dead-letters`, String(index));
    for (let time = 1; time <= 2; time += 1) {
      const deadLetters = await queue.deadLetters();
      expect(deadLetters.map(({ body }) => Number(body)).toSorted((a, b) => a - b)).toEqual([
        ...Array(25).keys(),
      ]);
    }
  });

  it("are listed once although SQS returns the same one again and again", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    const MD5OfBody = createHash("md5").update("body").digest("hex");
    const message = { MessageId: "1", ReceiptHandle: "r", Body: "body", MD5OfBody };
    sqs.proxy.answer = ({ action }) =>
      action === "ReceiveMessage" ? { status: 200, body: { Messages: [message] } } : undefined;
    expect(await queue.deadLetters()).toHaveLength(1);
  });

  it("that SQS moved have that as their reason", async (test) => {
    const sqs = await start(test);
    await sqs.server.createQueue("dead-letters-of-moved");
    const name = await sqs.createQueue(redrivePolicy("dead-letters-of-moved", 1));
    const { queue } = await sqs.open(name);
    await queue.send(statsJob(1));
    const receive = new ReceiveMessageCommand({ QueueUrl: sqs.server.urlOf(name), VisibilityTimeout: 0 });
    await vi.waitFor(async () => {
      await sqs.server.client.send(receive);
      expect(await sqs.server.count("dead-letters-of-moved")).toMatchObject({ visible: 1 });
    }, WAIT_OPTIONS);
    const [deadLetter] = await queue.deadLetters();
    expect(JSON.parse(deadLetter?.body ?? "")).toEqual(statsJob(1));
    expect(deadLetter?.reason).toBe("moved here by SQS after 1 deliveries without an outcome");
  });

  it("that were put there without a reason have that as their reason", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await sendBody(sqs, `${name}-dead-letters`, "from a stranger");
    expect(await queue.deadLetters()).toMatchObject([
      { body: "from a stranger", reason: "no reason was given" },
    ]);
  });

  it("have reasons of at most 1,000 characters, all of which SQS takes", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name, { retryDelayMs: 0 });
    let attempts = 0;
    queue.consume(
      async () => {
        attempts += 1;
        throw new Error(`no\u0000 good \uFFFF 🌭${"x".repeat(5_000)}`);
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), WAIT_OPTIONS);
    expect(attempts).toBe(5);
    const [deadLetter] = await queue.deadLetters();
    expect(deadLetter?.reason).toMatch(/^no\? good \? \?\?x+$/);
    expect(deadLetter?.reason).toHaveLength(1_000);
  });

  it("are stored without a reason when they are as large as SQS allows", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue, logged } = await sqs.open(name);
    const body = "x".repeat(1024 * 1024);
    await sendBody(sqs, name, body);
    queue.consume(fail, { concurrency: 1 });
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    expect(await queue.deadLetters()).toMatchObject([{ body, reason: "no reason was given" }]);
    expect(logged()).toContain("a dead letter was too large");
  });

  it.for([
    [262_144, 300_000, 261_630],
    [262_144, 262_145, 261_630],
    [1_024, 1_050, 510],
  ] as const)(
    "are cut, and say so, where the limit is %d bytes and they have %d",
    async ([most, bytes, kept], test) => {
      const sqs = await start(test);
      const name = await sqs.createQueue();
      await sqs.server.createQueue(`${name}-dead-letters`, { MaximumMessageSize: String(most) });
      const { queue } = await sqs.open(name);
      const body = "\uFFFD".repeat(bytes / 3) + "x".repeat(bytes % 3);
      await sendBody(sqs, name, body, 10);
      queue.consume(fail, { concurrency: 1 });
      await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
      const [deadLetter] = await queue.deadLetters();
      expect(deadLetter?.body).toBe(body.slice(0, kept / 3));
      expect(deadLetter?.reason).toContain(`only the first ${kept} of ${bytes} bytes; Unexpected token`);
    },
  );

  it("stay in the job queue when they cannot be moved", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { observe, causes } = deadLetterObserver();
    const { queue, logged } = await sqs.open(name, { observe, visibilitySeconds: 3 });
    await sendBody(sqs, name, "no job");
    sqs.proxy.answer = ({ action }) => (action === "SendMessageBatch" ? refusal("AccessDenied") : undefined);
    queue.consume(fail, { concurrency: 1 });
    await vi.waitFor(
      () => expect(logged()).toContain("could not move a job to the dead-letter queue"),
      WAIT_OPTIONS,
    );
    expect(sqs.proxy.of("SendMessageBatch")).toHaveLength(1);
    expect(causes()).toEqual([]);
    expect(await sqs.server.count(name)).not.toEqual(EMPTY);
    sqs.proxy.answer = () => undefined;
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), WAIT_OPTIONS);
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
  });

  it("include a job that kills every worker, which is not handled once more", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { observe, causes } = deadLetterObserver();
    const { queue, logged } = await sqs.open(name, { observe });
    const attempts: number[] = [];
    queue.consume(async (_job, { attempt }) => void attempts.push(attempt), { concurrency: 1 });
    await sendBody(sqs, name, formatJob(statsJob(1)), 9);
    await sendBody(sqs, name, formatJob(statsJob(2)), 10);
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), WAIT_OPTIONS);
    await vi.waitFor(() => expect(attempts).toEqual([10]), WAIT_OPTIONS);
    const [deadLetter] = await queue.deadLetters();
    expect(deadLetter).toMatchObject({
      body: formatJob(statsJob(2)),
      reason: "delivered 10 times, but no worker lived to report an outcome",
    });
    expect(logged()).toContain("moving a job to the dead-letter queue: delivered 10 times");
    await vi.waitFor(() => expect(causes()).toEqual(["abandoned"]), WAIT_OPTIONS);
  });

  async function sendBody(sqs: UsedSqs, name: string, body: string, attempts = 0): Promise<void> {
    const before = { AttemptsBefore: { DataType: "Number", StringValue: String(attempts) } };
    await sqs.server.client.send(
      new SendMessageCommand({
        QueueUrl: sqs.server.urlOf(name),
        MessageBody: body,
        MessageAttributes: attempts > 0 ? before : {},
      }),
    );
  }
});

describe.concurrent("a consumer that is stopped", () => {
  it("returns unfinished jobs to the queue at the deadline, and ignores how they end", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue, logged } = await sqs.open(name, { visibilitySeconds: 600 });
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let started = 0;
    const consumer = queue.consume(() => gates[started++]?.promise ?? Promise.resolve(), { concurrency: 2 });
    await Promise.all([queue.send(statsJob(1)), queue.send(statsJob(2))]);
    await vi.waitFor(() => expect(started).toBe(2), WAIT_OPTIONS);
    await consumer.stop(20);
    expect(await sqs.server.count(name)).toEqual({ ...EMPTY, visible: 2 });
    for (const id of ["1", "2"])
      expect(logged()).toMatch(
        new RegExp(
          `"level":40.*"interaction":"${id}","msg":"stopped before a job was done; the job goes back to the queue"`,
        ),
      );
    gates[0]?.resolve();
    gates[1]?.reject(new Error("too late"));
    await queue.close();
    expect(sqs.proxy.of("DeleteMessageBatch")).toEqual([]);
    expect(sqs.proxy.of("ChangeMessageVisibilityBatch")).toHaveLength(1);
    expect(await sqs.server.count(name)).toEqual({ ...EMPTY, visible: 2 });
  });

  it("waits until finished jobs are deleted", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue, logged } = await sqs.open(name);
    const gate = Promise.withResolvers<void>();
    let held = 0;
    const consumer = queue.consume(
      async () => {
        held += 1;
        await gate.promise;
      },
      { concurrency: 20 },
    );
    for (let id = 1; id <= 15; id += 1) await queue.send(statsJob(id));
    await vi.waitFor(() => expect(held).toBe(15), WAIT_OPTIONS);
    const stopped = consumer.stop(5_000);
    gate.resolve();
    await stopped;
    await queue.close();
    expect(await sqs.server.count(name)).toEqual(EMPTY);
    expect(logged()).not.toContain("before a job was done");
  });

  it("does not call a job unfinished that only could not be deleted in time", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue());
    sqs.proxy.answer = ({ action }) => (action === "DeleteMessageBatch" ? "hang" : undefined);
    const consumer = queue.consume(async () => {}, { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(sqs.proxy.of("DeleteMessageBatch")).toHaveLength(1), WAIT_OPTIONS);
    await consumer.stop(20);
    expect(logged()).not.toContain("before a job was done");
    sqs.proxy.answer = () => "cut";
  });

  it("does not keep its process alive", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const module = (path: string): string =>
      JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
    const script = `
      import { createLog } from ${module("platform/log.ts")};
      import { sqsQueue } from ${module("queue/sqs/sqs-queue.ts")};
      const queue = await sqsQueue(${JSON.stringify(sqs.server.urlOf(name))}, { log: createLog({ level: "silent" }) });
      const begun = Promise.withResolvers();
      queue.consume(() => new Promise(() => begun.resolve()), { concurrency: 2 });
      await queue.send(${JSON.stringify(statsJob(1))});
      await begun.promise;
      await queue.close();`;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      env: { ...process.env, ...AWS_ENVIRONMENT },
      timeout: 60_000,
    });
    expect(await run).toEqual({ stdout: "", stderr: "" });
    expect(await sqs.server.count(name)).toEqual({ ...EMPTY, visible: 1 });
  });
});

// Not concurrent, because these measure fractions of a second.
describe("a consumer that is stopped while it polls", () => {
  it("returns jobs that were on their way to it at once, and polls no more", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name, { visibilitySeconds: 600 });
    for (let id = 1; id <= 15; id += 1) await queue.send(statsJob(id));
    sqs.proxy.lag = 300;
    let handled = 0;
    const consumer = queue.consume(async () => void (handled += 1), { concurrency: 256 });
    await vi.waitFor(
      async () => expect(await sqs.server.count(name)).toMatchObject({ hidden: 10 }),
      WAIT_OPTIONS,
    );
    await consumer.stop(10_000);
    expect(await sqs.server.count(name)).toEqual({ ...EMPTY, visible: 15 });
    expect(handled).toBe(0);
    expect(sqs.proxy.of("ReceiveMessage")).toHaveLength(1);
  });

  it("waits up to a second for a poll that has just begun", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { pollWaitSeconds: 20 });
    const consumer = queue.consume(async () => {}, { concurrency: 2 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage")).toHaveLength(1), WAIT_OPTIONS);
    expect(await timeOf(consumer.stop(10_000))).toBeLessThan(3_000);
  });

  it("does not wait for a poll that has been waiting for jobs", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { pollWaitSeconds: 20 });
    let polls = 0;
    const stopTime = async (): Promise<number> => {
      const consumer = queue.consume(async () => {}, { concurrency: 2 });
      polls += 1;
      await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage")).toHaveLength(polls), WAIT_OPTIONS);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      return timeOf(consumer.stop(10_000));
    };
    expect(await fastest(700, stopTime)).toBeLessThan(700);
  });

  it("aborts its poll when the deadline is short", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { pollWaitSeconds: 20 });
    const abortTime = async (): Promise<number> => {
      const consumer = queue.consume(async () => {}, { concurrency: 2 });
      await vi.waitFor(() => expect(sqs.proxy.waiting("ReceiveMessage")).toBe(1), WAIT_OPTIONS);
      await consumer.stop(20);
      const ended = (): void => expect(sqs.proxy.waiting("ReceiveMessage")).toBe(0);
      return timeOf(vi.waitFor(ended, { timeout: 10_000, interval: 10 }));
    };
    expect(await fastest(600, abortTime)).toBeLessThan(600);
  });
});

async function timeOf(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
}
