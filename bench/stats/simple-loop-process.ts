/** A simple loop that receives one message, computes, answers, writes the log, deletes the message, and starts again. */
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Redis } from "ioredis";
import { textCreator } from "../../src/object-store/object-store.ts";
import { openStore } from "../../src/object-store/open-store.ts";
import { parseJob } from "../../src/jobs/job.ts";
import { createLog } from "../../src/platform/log.ts";
import { answers, type AnswerMessage } from "../../src/worker/answers.ts";
import { readConfig } from "../../src/process/read-config.ts";
import { answerStats } from "../../src/worker/jobs/stats.ts";

const WAIT_TIME_SECONDS = 20;
/** The Redis list that holds the jobs. */
const LIST = process.argv[2] ?? "";

const config = readConfig("worker", process.env);
const store = await openStore(config, { exclusive: true });
const log = createLog({ level: "error" });
const discord = answers({ token: config.DISCORD_TOKEN, api: config.DISCORD_API, now: Date.now });

async function runJob(text: string): Promise<void> {
  const job = parseJob(text);
  if (job.kind !== "stats") throw new Error(`unexpected job: ${job.kind}`);
  const give = (message: AnswerMessage): Promise<Date> =>
    discord.give(job.interaction, message, { again: false, late: "post" });
  await answerStats(job, {
    attempt: 1,
    answer: { give },
    createText: textCreator(store),
    jobs: { send: () => Promise.reject(new Error("the log could not be written")) },
    log,
  });
}

async function onSqs(url: string): Promise<never> {
  const sqs = new SQSClient({ endpoint: new URL(url).origin });
  const receive = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: 1,
    WaitTimeSeconds: WAIT_TIME_SECONDS,
  });
  for (;;) {
    const { Messages: [message] = [] } = await sqs.send(receive);
    if (message?.Body === undefined) continue;
    await runJob(message.Body);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
  }
}

async function onRedis(url: string): Promise<never> {
  const redis = new Redis(url);
  const taken = `${LIST}:taken`;
  for (;;) {
    const text = await redis.blmove(LIST, taken, "LEFT", "RIGHT", WAIT_TIME_SECONDS);
    if (text === null) continue;
    await runJob(text);
    await redis.lrem(taken, 1, text);
  }
}

const { engine, url } = config.QUEUE_URL;
await (engine === "sqs" ? onSqs(url) : onRedis(url));
