import { describe, expect, it } from "vitest";
import { siblingQueue, requireSqsUrl } from "../../../src/queue/sqs/sqs-address.ts";

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
  ])("%s has a name and the region %s", (url, region) => {
    expect(requireSqsUrl(url)).toMatchObject({ url, name: "jobs", region, origin: new URL(url).origin });
  });

  it.each([
    "jobs",
    "https://sqs.eu-west-1.amazonaws.com/",
    "arn:aws:sqs:eu-west-1:123456789012:jobs",
    "redis://127.0.0.1/1",
  ])("%s is not one", (text) => {
    expect(() => requireSqsUrl(text)).toThrow(
      `${text} is not the URL of an SQS queue; it must look like https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.`,
    );
  });

  it("must not be that of a FIFO queue", () => {
    const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs.fifo";
    expect(() => requireSqsUrl(url)).toThrow(
      `The queue ${url} is a FIFO queue, which does not deliver the jobs of one group in parallel; create a standard queue and use its URL.`,
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
  ])("%s has the sibling %s", (url, expected) => {
    expect(siblingQueue(requireSqsUrl(url), "dead", "210987654321").url).toBe(expected);
  });

  it("has a sibling in the same account by default", () => {
    const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs";
    expect(siblingQueue(requireSqsUrl(url), "dead").url).toBe(
      "https://sqs.eu-west-1.amazonaws.com/123456789012/dead",
    );
  });
});
