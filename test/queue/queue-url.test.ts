import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/process/read-config.ts";

const DISCORD_TOKEN = "a.b.c";
const CONSOLE = "QUEUE_URL is a page of the AWS console";
const S3 = "QUEUE_URL is an address of S3; it must be that of an SQS queue";
const NO_END = "QUEUE_URL must end with the name of the queue, without ? and #";

function problemOf(name: "start" | "bot" | "worker", QUEUE_URL: string): string {
  try {
    readConfig(name, { DISCORD_TOKEN, QUEUE_URL });
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("QUEUE_URL", () => {
  it.each([
    ["https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog"],
    ["https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog/"],
    ["https://eu-west-1.queue.amazonaws.com/123456789012/hotdog"],
    ["https://cn-north-1.queue.amazonaws.com.cn/123456789012/hotdog"],
    ["https://vpce-1a2b.sqs.eu-west-3.vpce.amazonaws.com/123456789012/hotdog"],
    ["https://sqs.us-east-2.api.aws/123456789012/hotdog"],
    ["http://127.0.0.1:9324/queue/hotdog/"],
    ["http://ec2-192-0-2-1.eu-west-1.compute.amazonaws.com:9324/000000000000/hotdog"],
  ])("may be %s; a slash at its end is dropped", (url) => {
    expect(readConfig("start", { QUEUE_URL: url }).QUEUE_URL).toEqual({
      engine: "sqs",
      url: url.replace(/\/$/, ""),
    });
  });

  it.each([
    ["https://eu-west-1.console.aws.amazon.com/sqs/v3/home?region=eu-west-1#/queues/hotdog", CONSOLE],
    ["https://console.aws.amazon.com/sqs/v3/home", CONSOLE],
    ["https://console.amazonaws.cn/sqs/v3/home", CONSOLE],
    ["https://console.amazonaws-us-gov.com/sqs/v3/home", CONSOLE],
    ["https://hotdogs.s3.eu-west-1.amazonaws.com/hotdog", S3],
    ["https://sqs.s3.eu-west-1.amazonaws.com/hotdog", S3],
    ["https://s3.cn-north-1.amazonaws.com.cn/hotdogs/hotdog", S3],
    ["https://s3.amazonaws.com/hotdogs/hotdog", S3],
    ["https://hotdogs.s3-eu-west-1.amazonaws.com/hotdog", S3],
    ["https://s3.dualstack.eu-west-1.api.aws/hotdogs/hotdog", S3],
    ["https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog?x=1", NO_END],
    ["https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog#y", NO_END],
    ["https://sqs.eu-west-1.amazonaws.com/", "QUEUE_URL must be memory: or the address of an SQS queue"],
    ["memory", "QUEUE_URL must be memory: or the address of an SQS queue"],
  ])("may not be %s", (url, complaint) => {
    expect(problemOf("start", url)).toContain(complaint);
  });

  it.each([
    "https://somebody:hunter2@127.0.0.1/hotdog",
    "https://hunter2@127.0.0.1/hotdog",
    "https://:hunter2@127.0.0.1/hotdog?",
  ])("must contain no credentials, and %s is not repeated", (url) => {
    const complaint = problemOf("start", url);
    expect(complaint).toContain("QUEUE_URL must not contain a user or password");
    expect(complaint).not.toContain("hunter2");
  });

  it("is not repeated when it is an invalid Redis URL", () => {
    const complaint = problemOf("worker", "redis:///hunter2");
    expect(complaint).toMatch(/QUEUE_URL must be the address of .*, redis:\/\//);
    expect(complaint).not.toContain("hunter2");
  });

  it.each(["bot", "worker"] as const)("is never suggested to be memory: for a %s that runs alone", (name) => {
    expect(problemOf(name, "memory")).toMatch(
      /  QUEUE_URL must be the address of an SQS queue, https:\/\/…\/QUEUE, or of Redis, redis:\/\/[^;]*$/,
    );
    expect(problemOf(name, "memory:")).toContain("memory: works only within npm start");
  });
});
