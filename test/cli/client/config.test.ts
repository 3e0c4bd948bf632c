import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/cli/client/config.ts";
import { StartError } from "../../../src/platform/start-error.ts";

const sqs = "https://127.0.0.1:1/hotdog";
const replies = "https://127.0.0.1:1/replies";
const redis = "redis://127.0.0.1:1";

describe("settings of npm run client", () => {
  it.each([
    [{}, "There is no queue that this command could reach: without QUEUE_URL, npm start keeps its queue in"],
    [{ QUEUE_URL: "memory:" }, "Type /stats in the local Discord that npm start opens; or set QUEUE_URL to"],
    [{ QUEUE_URL: "nowhere" }, "QUEUE_URL must be memory: or the address of an SQS queue"],
    [{ QUEUE_URL: sqs }, "REPLY_QUEUE_URL is required with a queue on SQS: the address of another SQS queue"],
    [{ QUEUE_URL: sqs, REPLY_QUEUE_URL: sqs }, "REPLY_QUEUE_URL must be another queue than QUEUE_URL"],
    [{ QUEUE_URL: sqs, REPLY_QUEUE_URL: redis }, "REPLY_QUEUE_URL must be the address of an SQS"],
  ])("that are wrong are told so: %j", (settings, sentence) => {
    const read = (): unknown => readConfig(settings);
    expect(read).toThrow(StartError);
    expect(read).toThrow(sentence);
  });

  it("name the queue of the replies on SQS, and Redis has both in one place", () => {
    const address = { engine: "sqs", url: sqs };
    expect(readConfig({ QUEUE_URL: sqs, REPLY_QUEUE_URL: replies })).toEqual({
      jobs: address,
      replies: { engine: "sqs", url: replies },
    });
    const { jobs, replies: alike } = readConfig({ QUEUE_URL: redis });
    expect(jobs).toMatchObject({ engine: "bullmq", url: redis });
    expect(alike).toEqual(jobs);
  });
});
