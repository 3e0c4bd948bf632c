import { afterEach, describe, expect, it, vi } from "vitest";
import { sqsQueue, sqsSender } from "../../../src/queue/sqs/sqs-queue.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import { refusal } from "../../aws/sqs-proxy.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { freePort } from "../../free-port.ts";
import { memoryLog } from "../../memory-log.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { redrivePolicy, useSqs } from "./use-sqs.ts";

const start = useSqs();
const { log } = memoryLog();

afterEach(() => {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
});

async function reasonNotToStart(opening: Promise<unknown>): Promise<string> {
  const error: unknown = await opening.then(
    () => new Error("it opened"),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

describe("opening a queue", () => {
  it("says that the queue does not exist, and in which account", async (test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("nowhere");
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: it does not exist in account 000000000000; create it, or correct its address.`,
    );
  });

  it("names the permissions of a bot when access is denied", async (test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("denied");
    sqs.proxy.answer = () => refusal("AccessDeniedException");
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: access is denied; allow sqs:SendMessage and sqs:GetQueueAttributes on it.`,
    );
  });

  it("names the permissions of a worker when access is denied", async (test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("denied");
    sqs.proxy.answer = () => refusal("AccessDenied", "no", 403);
    expect(await reasonNotToStart(sqsQueue(url, { log }))).toBe(
      `The queue ${url} cannot be used: access is denied; allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes and sqs:SendMessage on it.`,
    );
  });

  it.for([
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "ExpiredToken",
    "UnrecognizedClientException",
    "InvalidSecurity",
  ])("says that the credentials are not accepted: %s", async (code, test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("jobs");
    sqs.proxy.answer = () => refusal(code, "no", 403);
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: the AWS credentials are not accepted (${code}); check that they are complete, not expired, and of the right account and region.`,
    );
  });

  it("says that the clock is wrong", async (test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("jobs");
    sqs.proxy.answer = () => refusal("RequestExpired", "no", 403);
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: the clock of this machine is wrong (RequestExpired); set it.`,
    );
  });

  it("says that there are no credentials", async (test) => {
    const sqs = await start(test);
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"])
      vi.stubEnv(name, undefined);
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, "/nowhere");
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    const url = sqs.urlOf("jobs");
    expect(await reasonNotToStart(sqsSender(url))).toMatch(
      /^The queue \S+ cannot be used: no AWS credentials were found \(.+\); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role\.$/,
    );
  });

  it("says that the region is not known", async (test) => {
    const sqs = await start(test);
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, "/nowhere");
    const url = sqs.urlOf("jobs");
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: the AWS region is not known; set AWS_REGION.`,
    );
  });

  it("says that the connection is refused", async () => {
    const url = `http://127.0.0.1:${await freePort()}/000000000000/jobs`;
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: it cannot be reached (ECONNREFUSED); check the address and the network.`,
    );
  });

  it("says that the host name cannot be resolved", async () => {
    const url = "http://sqs.invalid/000000000000/jobs";
    expect(await reasonNotToStart(sqsSender(url))).toMatch(
      /^The queue \S+ cannot be used: it cannot be reached \((?:ENOTFOUND|EAI_AGAIN)\); check the address and the network\.$/,
    );
  });

  it("quotes SQS for any other reason", async (test) => {
    const sqs = await start(test);
    sqs.proxy.answer = () => refusal("InvalidAddress", "The address is not valid for this endpoint.", 404);
    const url = sqs.urlOf("jobs");
    expect(await reasonNotToStart(sqsSender(url))).toBe(
      `The queue ${url} cannot be used: SQS answered 404 InvalidAddress: The address is not valid for this endpoint.`,
    );
  });
});

describe("a process that only sends", () => {
  it("makes no other requests than to read the queue's attributes and to send", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const sender = await sqsSender(sqs.urlOf(name));
    await sender.send(statsJob(1));
    await sender.close();
    expect(sqs.proxy.requests.map(({ action }) => action)).toEqual([
      "GetQueueAttributes",
      "SendMessageBatch",
    ]);
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1 });
  });
});

describe("the dead-letter queue", () => {
  it("is the target of the redrive policy", async (test) => {
    const sqs = await start(test);
    await sqs.server.createQueue("dead-jobs");
    const name = await sqs.createQueue(redrivePolicy("dead-jobs", 6));
    const { logged } = await sqs.open(name);
    expect(sqs.proxy.of("GetQueueAttributes").map(({ body }) => body["QueueUrl"])).toEqual([
      sqs.urlOf(name),
      sqs.urlOf("dead-jobs"),
    ]);
    expect(sqs.proxy.of("CreateQueue")).toEqual([]);
    expect(logged()).toBe("");
  });

  it("is the one named after the queue, if there is no redrive policy", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    await sqs.server.createQueue(`${name}-dead-letters`);
    const { logged } = await sqs.open(name);
    expect(sqs.proxy.of("CreateQueue")).toEqual([]);
    expect(logged()).toBe("");
  });

  it("is created if it does not exist, with the longest retention, and that is logged", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const { logged } = await sqs.open(name);
    expect(sqs.proxy.of("CreateQueue").map(({ body }) => body)).toEqual([
      { QueueName: `${name}-dead-letters`, Attributes: { MessageRetentionPeriod: "1209600" } },
    ]);
    expect(logged()).toContain(sqs.urlOf(`${name}-dead-letters`));
    await sqs.open(name);
    expect(sqs.proxy.of("CreateQueue")).toHaveLength(1);
  });

  it("must be created by hand when it may not be created automatically", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    sqs.proxy.answer = ({ action }) => (action === "CreateQueue" ? refusal("AccessDenied") : undefined);
    expect(await reasonNotToStart(sqsQueue(sqs.urlOf(name), { log }))).toBe(
      `There is no dead-letter queue ${sqs.urlOf(name)}-dead-letters and it cannot be created: access is denied; allow sqs:CreateQueue; or create it yourself, or give the queue a redrive policy.`,
    );
  });

  it("must exist when a redrive policy names it", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue(redrivePolicy("nowhere", 6));
    expect(await reasonNotToStart(sqsQueue(sqs.urlOf(name), { log }))).toBe(
      `The dead-letter queue ${sqs.urlOf("nowhere")} cannot be used: the redrive policy of ${sqs.urlOf(name)} names it, but it does not exist; create it.`,
    );
  });

  it("must be accessible", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    sqs.proxy.answer = ({ body }) =>
      String(body["QueueUrl"]).endsWith("-dead-letters") ? refusal("AccessDenied") : undefined;
    expect(await reasonNotToStart(sqsQueue(sqs.urlOf(name), { log }))).toBe(
      `The dead-letter queue ${sqs.urlOf(name)}-dead-letters cannot be used: access is denied; allow sqs:SendMessage and sqs:GetQueueAttributes on it.`,
    );
  });

  it.for([
    [5, true],
    [6, false],
  ] as const)(
    "has a maxReceiveCount of %d, and the log warns that it is too low: %s",
    async ([count, warned], test) => {
      const sqs = await start(test);
      await sqs.server.createQueue("dead-jobs");
      const { logged } = await sqs.open(await sqs.createQueue(redrivePolicy("dead-jobs", count)));
      expect(logged().includes("set its maxReceiveCount to 6 or more")).toBe(warned);
    },
  );
});
