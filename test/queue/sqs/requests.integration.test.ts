import { createHash } from "node:crypto";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { jobId, type Job } from "../../../src/jobs/job.ts";
import { closeConnection, openConnection } from "../../../src/queue/sqs/connection.ts";
import { sqsSender } from "../../../src/queue/sqs/sqs-queue.ts";
import { refusal, type Answer, type SqsRequest } from "../../aws/sqs-proxy.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { useSqs } from "./use-sqs.ts";

const start = useSqs();
const WAIT_OPTIONS = { timeout: 60_000, interval: 25 };
const EMPTY = { visible: 0, hidden: 0, delayed: 0 };

interface Entry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
}

function entriesOf({ body }: SqsRequest): Entry[] {
  return body["Entries"] as Entry[];
}

function jobs(count: number): Job[] {
  return Array.from({ length: count }, (_, index) => statsJob(index + 1));
}

describe.concurrent("sending to SQS", () => {
  it("batches jobs that are sent together, ten at a time", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await Promise.all(jobs(25).map((job) => queue.send(job)));
    const sizes = sqs.proxy.of("SendMessageBatch").map((request) => entriesOf(request).length);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([5, 10, 10]);
    expect(await sqs.server.count(name)).toMatchObject({ visible: 25 });
  });

  it("sends four requests at once, and batches what is sent meanwhile", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    const gate = Promise.withResolvers<undefined>();
    sqs.proxy.answer = () => gate.promise;
    const sends = [];
    for (const job of jobs(12)) {
      sends.push(queue.send(job));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const sizes = (): number[] =>
      sqs.proxy.of("SendMessageBatch").map((request) => entriesOf(request).length);
    await vi.waitFor(() => expect(sizes()).toEqual([1, 1, 1, 1]), WAIT_OPTIONS);
    gate.resolve(undefined);
    await Promise.all(sends);
    expect(sizes()).toEqual([1, 1, 1, 1, 8]);
  });

  it("keeps a batch below 256 KiB", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    const request = "é".repeat(5_900);
    await Promise.all(jobs(10).map((job) => queue.send({ ...job, request } as Job)));
    const batches = sqs.proxy.of("SendMessageBatch");
    expect(batches.length).toBeGreaterThan(1);
    for (const batch of batches) {
      const bytes = entriesOf(batch).reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0);
      expect(bytes).toBeLessThan(256 * 1024);
    }
  });

  it("groups jobs by guild, or by channel outside guilds", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    const direct = statsJob(2);
    await Promise.all([
      queue.send(statsJob(1)),
      queue.send({ ...direct, interaction: { ...direct.interaction, guildId: null } }),
    ]);
    const [batch] = sqs.proxy.of("SendMessageBatch");
    expect(batch && entriesOf(batch).map(({ MessageGroupId }) => MessageGroupId)).toEqual(["2", "3"]);
  });

  it("sends ASCII only", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await queue.send(statsJob(1, { request: "é 🌭 \uFFFE \uFFFF \u007F" }));
    const [batch] = sqs.proxy.of("SendMessageBatch");
    expect(batch && entriesOf(batch)[0]?.MessageBody).toMatch(/^[\x20-\x7F]+$/);
  });

  it("retries only the entries that failed, unless the sender is at fault", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    let requests = 0;
    sqs.proxy.answer = (request) => ((requests += 1) === 1 ? partly(request, false) : undefined);
    await Promise.all(jobs(2).map((job) => queue.send(job)));
    expect(sqs.proxy.of("SendMessageBatch").map((request) => entriesOf(request).length)).toEqual([2, 1]);
    // The proxy said that the first had succeeded.
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1 });
  });

  it.for([
    [false, 3],
    [true, 1],
  ] as const)(
    "gives up an entry that keeps failing (sender fault: %s) after %d tries, and not the others",
    async ([fault, tries], test) => {
      const sqs = await start(test);
      const { queue } = await sqs.open(await sqs.createQueue());
      sqs.proxy.answer = (request) =>
        entriesOf(request).length === 2 ? partly(request, fault) : allFailed();
      const [first, second] = await Promise.allSettled(jobs(2).map((job) => queue.send(job)));
      expect(first?.status).toBe("fulfilled");
      expect(second).toMatchObject({ status: "rejected", reason: { message: "InternalError: try later" } });
      expect(sqs.proxy.of("SendMessageBatch")).toHaveLength(tries);
    },
  );

  it("rejects at the time-out when no answer arrives", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { timeouts: { entryMs: 300 } });
    sqs.proxy.answer = () => "hang";
    const started = performance.now();
    await expect(queue.send(statsJob(1))).rejects.toThrow("SQS did not answer within 300 ms");
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("rejects an invalid job, and any job after it was closed", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await expect(queue.send(statsJob(1, { numbers: [] }))).rejects.toThrow("numbers");
    await queue.close();
    await expect(queue.send(statsJob(1))).rejects.toThrow("closed");
  });

  it("waits for requests in progress when it is closed", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    const sent = queue.send(statsJob(1));
    await queue.close();
    await sent;
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1 });
  });

  /** Answers that the first entry of a batch succeeded and the second failed. */
  function partly(request: SqsRequest, SenderFault: boolean): Answer {
    const body = entriesOf(request)[0]?.MessageBody ?? "";
    const MD5OfMessageBody = createHash("md5").update(body).digest("hex");
    const failed = { Id: "1", SenderFault, Code: "InternalError", Message: "try later" };
    return {
      status: 200,
      body: { Successful: [{ Id: "0", MessageId: "m", MD5OfMessageBody }], Failed: [failed] },
    };
  }

  function allFailed(): Answer {
    const failed = { Id: "0", SenderFault: false, Code: "InternalError", Message: "try later" };
    return { status: 200, body: { Failed: [failed] } };
  }
});

describe.concurrent("receiving from SQS", () => {
  it("makes one request at a time while there are no jobs", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    queue.consume(async () => {}, { concurrency: 256 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage").length).toBe(3), WAIT_OPTIONS);
    expect(sqs.proxy.of("ReceiveMessage").map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 30 }),
      ),
    );
  });

  it("asks for no more jobs than there are free slots", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await Promise.all(jobs(9).map((job) => queue.send(job)));
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 3 });
    await vi.waitFor(() => expect(done).toBe(9), WAIT_OPTIONS);
    for (const { body } of sqs.proxy.of("ReceiveMessage"))
      expect(body["MaxNumberOfMessages"]).toBeLessThanOrEqual(3);
  });

  it("gives a long poll its waiting time on top of the request time-out", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), {
      pollWaitSeconds: 3,
      timeouts: { requestMs: 2_000 },
    });
    queue.consume(async () => {}, { concurrency: 1 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage")).toHaveLength(2), WAIT_OPTIONS);
    expect(logged()).not.toContain("cannot receive");
  });

  it.for(["cut", "refused"])(
    "continues after an outage (%s), and logs its beginning and end once",
    async (kind, test) => {
      const sqs = await start(test);
      const name = await sqs.createQueue();
      const { queue, logged } = await sqs.open(name, { random: () => 0, pollRetryDelayMs: 50 });
      let done = 0;
      const consumer = queue.consume(async () => void (done += 1), { concurrency: 256 });
      sqs.proxy.answer = ({ action }) => {
        if (action !== "ReceiveMessage") return undefined;
        return kind === "cut" ? "cut" : refusal("QueueDoesNotExist");
      };
      await queue.send(statsJob(1));
      const tries = (): number => sqs.proxy.of("ReceiveMessage").length;
      await vi.waitFor(() => expect(logged()).toContain("cannot receive jobs from SQS"), WAIT_OPTIONS);
      const before = tries();
      await vi.waitFor(() => expect(tries()).toBeGreaterThan(before + 3), WAIT_OPTIONS);
      expect(sqs.proxy.of("ReceiveMessage").at(-1)?.body["WaitTimeSeconds"]).toBe(0);
      await expect(consumer.check()).rejects.toThrow("cannot receive jobs from SQS");
      sqs.proxy.answer = () => undefined;
      await queue.send(statsJob(2));
      await vi.waitFor(() => expect(logged()).toContain("receiving jobs from SQS again"), WAIT_OPTIONS);
      await vi.waitFor(() => expect(done).toBe(2), WAIT_OPTIONS);
      await consumer.check();
      expect(logged().match(/cannot receive jobs from SQS/g)).toHaveLength(1);
      expect(logged().match(/receiving jobs from SQS again/g)).toHaveLength(1);
    },
  );

  it("logs that a job could not be deleted, and receives it again", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), { visibilitySeconds: 1 });
    const attempts: number[] = [];
    sqs.proxy.answer = ({ action }) =>
      action === "DeleteMessageBatch" ? refusal("AccessDenied") : undefined;
    queue.consume(async (_job, { attempt }) => void attempts.push(attempt), { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(logged()).toContain("could not delete a finished job"), WAIT_OPTIONS);
    sqs.proxy.answer = () => undefined;
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), WAIT_OPTIONS);
  });
});

// Not concurrent, because each of them keeps this process busy.
describe("receiving many jobs from SQS", () => {
  it("holds 256 jobs at a time with few requests, and deletes ten at a time", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name, { visibilitySeconds: 30 });
    await Promise.all(jobs(300).map((job) => queue.send(job)));
    const gate = Promise.withResolvers<void>();
    let held = 0;
    queue.consume(
      async () => {
        held += 1;
        await gate.promise;
      },
      { concurrency: 256 },
    );
    await vi.waitFor(() => expect(held).toBe(256), WAIT_OPTIONS);
    expect(sqs.proxy.of("ReceiveMessage").length).toBeLessThanOrEqual(27);
    gate.resolve();
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), WAIT_OPTIONS);
    expect(held).toBe(300);
    expect(sqs.proxy.of("DeleteMessageBatch").length).toBeLessThanOrEqual(50);
  });

  it("makes many requests at once while they return full, and one when the queue is empty", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await Promise.all(jobs(500).map((job) => queue.send(job)));
    /** Requests in progress when each of them arrived, itself included. */
    const concurrent: number[] = [];
    sqs.proxy.answer = async ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      concurrent.push(sqs.proxy.waiting(action));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    };
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 256 });
    await vi.waitFor(() => expect(done).toBe(500), WAIT_OPTIONS);
    expect(Math.max(...concurrent)).toBeGreaterThan(8);
    expect(Math.max(...concurrent)).toBeLessThanOrEqual(16);
    await vi.waitFor(() => expect(concurrent.slice(-3)).toEqual([1, 1, 1]), WAIT_OPTIONS);
  });

  it("asks for several jobs at a time although slots become free one by one", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await Promise.all(jobs(300).map((job) => queue.send(job)));
    let done = 0;
    queue.consume(
      async (job) => {
        await new Promise((resolve) => setTimeout(resolve, 20 + (Number(jobId(job)) % 30)));
        done += 1;
      },
      { concurrency: 30 },
    );
    await vi.waitFor(() => expect(done).toBe(300), WAIT_OPTIONS);
    expect(sqs.proxy.of("ReceiveMessage").length).toBeLessThan(150);
  });

  it("counts many requests that fail at once as one failure, and recovers quickly", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), {
      random: () => 0,
      visibilitySeconds: 30,
    });
    await Promise.all(jobs(500).map((job) => queue.send(job)));
    let down = false;
    sqs.proxy.answer = async ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      await new Promise((resolve) => setTimeout(resolve, 20));
      down ||= !logged().includes("cannot receive") && sqs.proxy.waiting(action) >= 8;
      return down ? refusal("OverLimit", "no", 403) : undefined;
    };
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 256 });
    await vi.waitFor(() => expect(logged()).toContain("cannot receive"), WAIT_OPTIONS);
    await vi.waitFor(() => expect(sqs.proxy.waiting("ReceiveMessage")).toBe(0), WAIT_OPTIONS);
    down = false;
    const soon = { timeout: 5_000, interval: 10 };
    await vi.waitFor(() => expect(logged()).toContain("receiving jobs from SQS again"), soon);
    await vi.waitFor(() => expect(done).toBe(500), WAIT_OPTIONS);
  });
});

describe.concurrent("checking whether SQS can be used", () => {
  it("names the missing permissions of a sender and of a worker", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    const sender = await sqsSender(sqs.urlOf(name));
    test.onTestFinished(() => sender.close());
    const before = sqs.proxy.requests.length;
    await Promise.all([queue, sender].map((one) => one.check(AbortSignal.timeout(20_000))));
    expect(sqs.proxy.requests.slice(before).map(({ action }) => action)).toEqual([
      "GetQueueAttributes",
      "GetQueueAttributes",
    ]);
    sqs.proxy.answer = () => refusal("AccessDeniedException");
    await expect(queue.check(AbortSignal.timeout(20_000))).rejects.toThrow("allow sqs:ReceiveMessage");
    await expect(sender.check(AbortSignal.timeout(20_000))).rejects.toThrow("allow sqs:SendMessage and");
  });

  it("ends when it is aborted", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    sqs.proxy.answer = () => "hang";
    const before = sqs.proxy.requests.length;
    const asked = new AbortController();
    const checked = queue.check(asked.signal);
    await vi.waitFor(() => expect(sqs.proxy.waiting("GetQueueAttributes")).toBe(1), WAIT_OPTIONS);
    asked.abort();
    await expect(checked).rejects.toThrow("cannot be used");
    // Without the abort, the client would retry it twice.
    expect(sqs.proxy.requests).toHaveLength(before + 1);
    await vi.waitFor(() => expect(sqs.proxy.waiting("GetQueueAttributes")).toBe(0), WAIT_OPTIONS);
  });
});

describe.concurrent("SQS that does not answer", () => {
  it("gets 3 s for a connection, 5 s for an answer, and 10 s for a message", async (test) => {
    const sqs = await start(test);
    const { connection } = await openConnection(sqs.urlOf(await sqs.createQueue()), {}, (client, { url }) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl: url })),
    );
    test.onTestFinished(() => closeConnection(connection, []));
    expect(connection.client.config.requestHandler).toMatchObject({
      config: {
        connectionTimeout: 3_000,
        requestTimeout: 5_000,
        throwOnRequestTimeout: true,
        socketTimeout: 30_000,
      },
    });
    expect(connection.timeouts).toEqual({ requestMs: 5_000, entryMs: 10_000 });
  });

  it("fails the opening with the reason", async (test) => {
    const sqs = await start(test);
    sqs.proxy.answer = () => "hang";
    const url = sqs.urlOf("jobs");
    await expect(sqsSender(url, { timeouts: { requestMs: 100 } })).rejects.toThrow(
      `The queue ${url} cannot be used: it cannot be reached (ETIMEDOUT); check the address and the network.`,
    );
  });
});
