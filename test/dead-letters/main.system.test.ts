import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { Queue } from "bullmq";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bullmqQueue } from "../../src/queue/bullmq.ts";
import { jobId } from "../../src/queue/job.ts";
import type { JobHandler, JobQueue } from "../../src/queue/queue.ts";
import { sqsQueue } from "../../src/queue/sqs.ts";
import { AWS_ENVIRONMENT, startSqsServer } from "../aws/sqs-server.ts";
import { runProcess } from "../end-to-end/process.ts";
import { memoryLog } from "../logged.ts";
import { statsJob } from "../queue/jobs.ts";
import { startRedis } from "../redis/redis-server.ts";

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

/** Runs `npm run dead-letters` with these words. */
async function run(words: string, url: string): Promise<{ code: unknown; output: string }> {
  const settings = { ...AWS_ENVIRONMENT, QUEUE_URL: url };
  await using child = runProcess("src/dead-letters/main.ts", settings, words.split(" "));
  return { code: await child.exited, output: child.output() };
}

interface Engine {
  url: string;
  queue: JobQueue;
  /** Puts what is no job where jobs wait. */
  sendBody: (body: string) => Promise<unknown>;
}

async function onRedis(): Promise<Engine> {
  const redis = opened.use(await startRedis());
  const strange = new Queue("jobs", { connection: redis.look(), prefix: "hotdog-bot" });
  const queue = await bullmqQueue(redis.url(), { log, firstDelay: 5 });
  return { url: redis.url(), queue, sendBody: (body) => strange.add("strange", body) };
}

async function onSqs(): Promise<Engine> {
  const server = await startSqsServer();
  opened.defer(() => server.close());
  const url = await server.createQueue("hotdog");
  const queue = await sqsQueue(url, { log, firstDelay: 5, visibility: 2, waitTime: 1 });
  const sendBody = (MessageBody: string): Promise<unknown> =>
    server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
  return { url, queue, sendBody };
}

function startConsumer(queue: JobQueue, handler: JobHandler): void {
  const consumer = queue.consume(handler, { concurrency: 5 });
  opened.defer(() => consumer.stop(0));
}

describe.each([
  ["Redis", onRedis],
  ["SQS", onSqs],
])("npm run dead-letters on %s", (_name, start) => {
  it("lists, sends anew and drops", async () => {
    const { url, queue, sendBody } = await start();
    opened.defer(() => queue.close());
    expect(await run("list", url)).toEqual({ code: 0, output: "There are no dead letters.\n" });

    let failing = true;
    const done: string[] = [];
    startConsumer(queue, async (job) => {
      if (failing) throw new Error("500 of /webhooks/1/token-of-1573794242/messages\n\u202Enext line");
      done.push(jobId(job));
    });
    await queue.send(statsJob(1_573_794_242));
    await sendBody("no job");
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(2), LONG);

    const listed = await run("list", url);
    expect(listed.output).not.toContain("token-of");
    const lines = listed.output.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    const stats = lines.find((line) => line.includes("1573794242  ")) ?? "";
    expect(stats).toMatch(
      new RegExp(
        String.raw`^\S+  ${time}  stats  1573794242  500 of /webhooks/1/\[redacted\]/messages\\u\{a\}\\u\{202e\}next line$`,
      ),
    );
    const strange = lines.find((line) => line !== stats) ?? "";
    expect(strange).toMatch(new RegExp(String.raw`^\S+  ${time}  no job  -  \S`));
    const [idOfStats, idOfStrange] = [stats, strange].map((line) => line.split("  ")[0] ?? "");

    const json = await run("list --json", url);
    const objects = json.output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(objects).toContainEqual(
      expect.objectContaining({ id: idOfStats, kind: "stats", reference: "1573794242" }),
    );
    expect(objects).toContainEqual(expect.objectContaining({ id: idOfStrange, kind: null, reference: null }));

    failing = false;
    const sent = await run(`retry nonsense ${idOfStats} ${idOfStats}`, url);
    expect(sent.output).toContain("1 job was sent anew.\n");
    expect(sent.output).toContain("There is no dead letter nonsense, or somebody else is at it");
    expect(sent.code).toBe(1);
    await vi.waitFor(() => expect(done).toEqual(["1573794242"]), LONG);

    expect(await run(`drop ${idOfStrange}`, url)).toEqual({ code: 0, output: "1 job was dropped.\n" });
    expect(await run("retry", url)).toEqual({ code: 0, output: "0 jobs were sent anew.\n" });
    expect(await queue.deadLetters()).toEqual([]);
  }, 120_000);
});

describe("npm run dead-letters", () => {
  it.each([
    ["drop", "Drop which? Name the ids that list shows.\n\nUsage: "],
    ["list 1", "list takes no ids.\n\nUsage: "],
    ["retry --json", "--json is for list.\n\nUsage: "],
    ["burn", "There is no burn.\n\nUsage: "],
    ["list --quick", "Unknown option '--quick'"],
  ])("explains itself to whoever says %s", async (words, beginning) => {
    const { code, output } = await run(words, "");
    expect(output.startsWith(beginning)).toBe(true);
    expect(code).toBe(1);
  });

  it("has a help text", async () => {
    const { code, output } = await run("--help", "");
    expect(output).toMatch(/^Usage: npm run dead-letters -- list \[--json\] \| retry \[ID…\] \| drop ID…\n/);
    expect(code).toBe(0);
  });

  it.each(["", "memory:"])("says that there are none to find in QUEUE_URL=%s", async (url) => {
    expect(await run("list", url)).toEqual({
      code: 1,
      output:
        "The queue is memory: (QUEUE_URL), which keeps dead letters no longer than its process runs; its log has told of each.\n",
    });
  });
});
