import { createHash } from "node:crypto";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { jobId, type Job } from "../../../src/jobs/job.ts";
import { connect, disconnect } from "../../../src/queue/sqs/connection.ts";
import { sqsSender } from "../../../src/queue/sqs/sqs-queue.ts";
import { refusal, type Answer, type SqsRequest } from "../../aws/sqs-proxy.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { useSqs } from "./use-sqs.ts";

const start = useSqs();
const LONG = { timeout: 60_000, interval: 25 };
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
  it("takes ten at a time of those that come together", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    await Promise.all(jobs(25).map((job) => queue.send(job)));
    const sizes = sqs.proxy.of("SendMessageBatch").map((request) => entriesOf(request).length);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([5, 10, 10]);
    expect(await sqs.server.count(name)).toMatchObject({ visible: 25 });
  });

  it("goes on while others are under way, and then together", async (test) => {
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
    await vi.waitFor(() => expect(sizes()).toEqual([1, 1, 1, 1]), LONG);
    gate.resolve(undefined);
    await Promise.all(sends);
    expect(sizes()).toEqual([1, 1, 1, 1, 8]);
  });

  it("keeps a batch within 256 KiB", async (test) => {
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

  it("groups jobs by guild, or by channel outside of guilds", async (test) => {
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

  it("tries again what failed by no fault of ours, and only that", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    let requests = 0;
    sqs.proxy.answer = (request) => ((requests += 1) === 1 ? partly(request, false) : undefined);
    await Promise.all(jobs(2).map((job) => queue.send(job)));
    expect(sqs.proxy.of("SendMessageBatch").map((request) => entriesOf(request).length)).toEqual([2, 1]);
    // The first was said to have gone through.
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1 });
  });

  it.for([
    [false, 3],
    [true, 1],
  ] as const)(
    "gives up one that keeps failing (by our fault: %s) after %d tries, and not the others",
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

  it("rejects in time when no answer comes", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue(), { timeouts: { entry: 300 } });
    sqs.proxy.answer = () => "hang";
    const started = performance.now();
    await expect(queue.send(statsJob(1))).rejects.toThrow("SQS did not answer within 300 ms");
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("rejects what no worker would take, and what comes after the end", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await expect(queue.send(statsJob(1, { numbers: [] }))).rejects.toThrow("numbers");
    await queue.close();
    await expect(queue.send(statsJob(1))).rejects.toThrow("closed");
  });

  it("waits at the end for what is under way", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name);
    const sent = queue.send(statsJob(1));
    await queue.close();
    await sent;
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1 });
  });

  /** The first of a batch went through, the second did not. */
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
  it("costs one request at a time while there is nothing to do", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    queue.consume(async () => {}, { concurrency: 256 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage").length).toBe(3), LONG);
    expect(sqs.proxy.of("ReceiveMessage").map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 30 }),
      ),
    );
  });

  it("asks for no more than there are places", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await Promise.all(jobs(9).map((job) => queue.send(job)));
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 3 });
    await vi.waitFor(() => expect(done).toBe(9), LONG);
    for (const { body } of sqs.proxy.of("ReceiveMessage"))
      expect(body["MaxNumberOfMessages"]).toBeLessThanOrEqual(3);
  });

  it("keeps a request up for as long as it waits, although others are given less", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), {
      waitTime: 3,
      timeouts: { request: 2_000 },
    });
    queue.consume(async () => {}, { concurrency: 1 });
    await vi.waitFor(() => expect(sqs.proxy.of("ReceiveMessage")).toHaveLength(2), LONG);
    expect(logged()).not.toContain("received");
  });

  it.for(["cut", "refused"])(
    "goes on after an outage (%s), and logs its begin and end once",
    async (kind, test) => {
      const sqs = await start(test);
      const name = await sqs.createQueue();
      const { queue, logged } = await sqs.open(name, { random: () => 0, firstPause: 50 });
      let done = 0;
      const consumer = queue.consume(async () => void (done += 1), { concurrency: 256 });
      sqs.proxy.answer = ({ action }) => {
        if (action !== "ReceiveMessage") return undefined;
        return kind === "cut" ? "cut" : refusal("QueueDoesNotExist");
      };
      await queue.send(statsJob(1));
      const tries = (): number => sqs.proxy.of("ReceiveMessage").length;
      await vi.waitFor(() => expect(logged()).toContain("no jobs can be received"), LONG);
      const before = tries();
      await vi.waitFor(() => expect(tries()).toBeGreaterThan(before + 3), LONG);
      expect(sqs.proxy.of("ReceiveMessage").at(-1)?.body["WaitTimeSeconds"]).toBe(0);
      await expect(consumer.check()).rejects.toThrow("no jobs can be received");
      sqs.proxy.answer = () => undefined;
      await queue.send(statsJob(2));
      await vi.waitFor(() => expect(logged()).toContain("jobs can be received again"), LONG);
      await vi.waitFor(() => expect(done).toBe(2), LONG);
      await consumer.check();
      expect(logged().match(/no jobs can be received/g)).toHaveLength(1);
      expect(logged().match(/jobs can be received again/g)).toHaveLength(1);
    },
  );

  it("logs what could not be deleted, which comes again", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), { visibility: 1 });
    const attempts: number[] = [];
    sqs.proxy.answer = ({ action }) =>
      action === "DeleteMessageBatch" ? refusal("AccessDenied") : undefined;
    queue.consume(async (_job, { attempt }) => void attempts.push(attempt), { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(logged()).toContain("could not be deleted"), LONG);
    sqs.proxy.answer = () => undefined;
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), LONG);
  });
});

// One after another, as they keep this process busy.
describe("receiving many jobs from SQS", () => {
  it("holds 256 jobs at a time, with few requests, and deletes ten at a time", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { queue } = await sqs.open(name, { visibility: 30 });
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
    await vi.waitFor(() => expect(held).toBe(256), LONG);
    expect(sqs.proxy.of("ReceiveMessage").length).toBeLessThanOrEqual(27);
    gate.resolve();
    await vi.waitFor(async () => expect(await sqs.server.count(name)).toEqual(EMPTY), LONG);
    expect(held).toBe(300);
    expect(sqs.proxy.of("DeleteMessageBatch").length).toBeLessThanOrEqual(50);
  });

  it("runs many side by side while batches come back full, and one once there is nothing", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    await Promise.all(jobs(500).map((job) => queue.send(job)));
    /** How many requests waited when each of them came, itself included. */
    const sideBySide: number[] = [];
    sqs.proxy.answer = async ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      sideBySide.push(sqs.proxy.waiting(action));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    };
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 256 });
    await vi.waitFor(() => expect(done).toBe(500), LONG);
    expect(Math.max(...sideBySide)).toBeGreaterThan(8);
    expect(Math.max(...sideBySide)).toBeLessThanOrEqual(16);
    await vi.waitFor(() => expect(sideBySide.slice(-3)).toEqual([1, 1, 1]), LONG);
  });

  it("asks for several at a time although places become free one by one", async (test) => {
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
    await vi.waitFor(() => expect(done).toBe(300), LONG);
    expect(sqs.proxy.of("ReceiveMessage").length).toBeLessThan(150);
  });

  it("counts an outage that many requests meet at once as one, and is soon back", async (test) => {
    const sqs = await start(test);
    const { queue, logged } = await sqs.open(await sqs.createQueue(), { random: () => 0, visibility: 30 });
    await Promise.all(jobs(500).map((job) => queue.send(job)));
    let down = false;
    sqs.proxy.answer = async ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      await new Promise((resolve) => setTimeout(resolve, 20));
      down ||= !logged().includes("no jobs") && sqs.proxy.waiting(action) >= 8;
      return down ? refusal("OverLimit", "no", 403) : undefined;
    };
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 256 });
    await vi.waitFor(() => expect(logged()).toContain("no jobs"), LONG);
    await vi.waitFor(() => expect(sqs.proxy.waiting("ReceiveMessage")).toBe(0), LONG);
    down = false;
    const soon = { timeout: 5_000, interval: 10 };
    await vi.waitFor(() => expect(logged()).toContain("jobs can be received again"), soon);
    await vi.waitFor(() => expect(done).toBe(500), LONG);
  });
});

describe.concurrent("looking whether SQS can be used", () => {
  it("says what is wrong, for a sender and a worker", async (test) => {
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

  it("is given up when nobody waits for it any more", async (test) => {
    const sqs = await start(test);
    const { queue } = await sqs.open(await sqs.createQueue());
    sqs.proxy.answer = () => "hang";
    const before = sqs.proxy.requests.length;
    const asked = new AbortController();
    const checked = queue.check(asked.signal);
    await vi.waitFor(() => expect(sqs.proxy.waiting("GetQueueAttributes")).toBe(1), LONG);
    asked.abort();
    await expect(checked).rejects.toThrow("cannot be used");
    // The client by itself would try it twice more.
    expect(sqs.proxy.requests).toHaveLength(before + 1);
    await vi.waitFor(() => expect(sqs.proxy.waiting("GetQueueAttributes")).toBe(0), LONG);
  });
});

describe.concurrent("SQS that does not answer", () => {
  it("is given 3 seconds for a connection, 5 for an answer, and 10 for a message", async (test) => {
    const sqs = await start(test);
    const { connection } = await connect(sqs.urlOf(await sqs.createQueue()), {}, (client, { url }) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl: url })),
    );
    test.onTestFinished(() => disconnect(connection, []));
    expect(connection.client.config.requestHandler).toMatchObject({
      config: {
        connectionTimeout: 3_000,
        requestTimeout: 5_000,
        throwOnRequestTimeout: true,
        socketTimeout: 30_000,
      },
    });
    expect(connection.timeouts).toEqual({ request: 5_000, entry: 10_000 });
  });

  it("ends the opening with the reason", async (test) => {
    const sqs = await start(test);
    sqs.proxy.answer = () => "hang";
    const url = sqs.urlOf("jobs");
    await expect(sqsSender(url, { timeouts: { request: 100 } })).rejects.toThrow(
      `The queue ${url} cannot be used: it cannot be reached (ETIMEDOUT); check the address and the network.`,
    );
  });
});
