import { describe, expect, it } from "vitest";
import { neighbour, parseQueueUrl } from "../../../src/queue/sqs/sqs-address.ts";

describe("the address of an SQS queue", () => {
  it.each([
    ["https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", "eu-west-1"],
    ["https://sqs.cn-north-1.amazonaws.com.cn/123456789012/jobs", "cn-north-1"],
    ["https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/jobs", "us-gov-west-1"],
    ["https://sqs.us-east-2.api.aws/123456789012/jobs", "us-east-2"],
    ["https://vpce-1a2b.sqs.eu-west-3.vpce.amazonaws.com/123456789012/jobs", "eu-west-3"],
    ["https://queue.amazonaws.com/123456789012/jobs", "us-east-1"],
    ["https://ap-southeast-2.queue.amazonaws.com/123456789012/jobs", "ap-southeast-2"],
    ["https://cn-north-1.queue.amazonaws.com.cn/123456789012/jobs", "cn-north-1"],
    ["http://sqs.eu-central-1.localhost.localstack.cloud:4566/000000000000/jobs", "eu-central-1"],
    ["http://127.0.0.1:9324/000000000000/jobs", undefined],
    ["http://sqs:9324/000000000000/jobs", undefined],
  ])("%s tells its name, and the region %s", (url, region) => {
    expect(parseQueueUrl(url)).toMatchObject({ url, name: "jobs", region, origin: new URL(url).origin });
  });

  it.each([
    "jobs",
    "https://sqs.eu-west-1.amazonaws.com/",
    "arn:aws:sqs:eu-west-1:123456789012:jobs",
    "redis://127.0.0.1/1",
  ])("%s is none", (text) => {
    expect(() => parseQueueUrl(text)).toThrow(
      `${text} is not the address of an SQS queue; it looks like https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.`,
    );
  });

  it("is not a FIFO queue's", () => {
    const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs.fifo";
    expect(() => parseQueueUrl(url)).toThrow(
      `The queue ${url} is a FIFO queue, which holds back jobs that could run side by side; make a standard queue and use its address.`,
    );
  });

  it.each([
    [
      "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs",
      "https://sqs.eu-west-1.amazonaws.com/210987654321/dead",
    ],
    [
      "http://127.0.0.1:4566/queue/us-east-1/000000000000/jobs",
      "http://127.0.0.1:4566/queue/us-east-1/210987654321/dead",
    ],
    ["http://127.0.0.1:9324/queue/jobs", "http://127.0.0.1:9324/queue/dead"],
  ])("%s has the neighbour %s", (url, expected) => {
    expect(neighbour(parseQueueUrl(url), "dead", "210987654321").url).toBe(expected);
  });

  it("shares its account with a neighbour of which nothing else is said", () => {
    const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs";
    expect(neighbour(parseQueueUrl(url), "dead").url).toBe(
      "https://sqs.eu-west-1.amazonaws.com/123456789012/dead",
    );
  });
});
