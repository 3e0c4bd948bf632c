import { describe, expect, it } from "vitest";
import { readClientConfig, readDeadLetterQueue } from "../../src/process/read-config.ts";
import { StartError } from "../../src/platform/start-error.ts";

const sqs = "https://127.0.0.1:1/hotdog";
const replies = "https://127.0.0.1:1/replies";
const redis = "redis://127.0.0.1:1";

describe("settings of npm run client", () => {
  it.each([
    [
      {},
      "This command cannot reach the queue: without QUEUE_URL, npm start keeps its queue in its own memory",
    ],
    [{ QUEUE_URL: "memory:" }, "Type /stats in the local Discord that npm start opens. Or set QUEUE_URL to"],
    [{ QUEUE_URL: "nowhere" }, "QUEUE_URL must be memory: or the address of an SQS queue"],
    [{ QUEUE_URL: sqs }, "REPLY_QUEUE_URL is required with a queue on SQS: the address of another SQS queue"],
    [{ QUEUE_URL: sqs, REPLY_QUEUE_URL: sqs }, "REPLY_QUEUE_URL must be another queue than QUEUE_URL"],
    [{ QUEUE_URL: sqs, REPLY_QUEUE_URL: redis }, "REPLY_QUEUE_URL must be the address of an SQS"],
  ])("are refused with an explanation if they are wrong: %j", (settings, sentence) => {
    const read = (): unknown => readClientConfig(settings);
    expect(read).toThrow(StartError);
    expect(read).toThrow(sentence);
  });

  it("name a second queue for replies on SQS, while Redis needs only one address", () => {
    const address = { engine: "sqs", url: sqs };
    expect(readClientConfig({ QUEUE_URL: sqs, REPLY_QUEUE_URL: replies })).toEqual({
      jobs: address,
      replies: { engine: "sqs", url: replies },
    });
    const { jobs, replies: alike } = readClientConfig({ QUEUE_URL: redis });
    expect(jobs).toMatchObject({ engine: "bullmq", url: redis });
    expect(alike).toEqual(jobs);
  });
});

describe("the queue of npm run dead-letters", () => {
  it.each([undefined, "", "memory:"])("cannot be used with QUEUE_URL=%s", (url) => {
    expect(() => readDeadLetterQueue({ QUEUE_URL: url })).toThrow(
      /^QUEUE_URL is memory:, so dead letters last only as long as the process that runs the queue\. Its log names each of them\.$/,
    );
  });

  it("is that of QUEUE_URL, or an error if that is wrong", () => {
    const url = "redis://127.0.0.1:6379";
    expect(readDeadLetterQueue({ QUEUE_URL: url })).toEqual({ engine: "bullmq", url });
    expect(() => readDeadLetterQueue({ QUEUE_URL: "queue" })).toThrow(
      /^These settings are wrong:\n {2}QUEUE_URL must be memory: or the address of an SQS queue/,
    );
  });
});
