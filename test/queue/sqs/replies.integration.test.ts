import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { sqsReplyReceiver, sqsReplySender } from "../../../src/queue/sqs/replies.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import { refusal } from "../../aws/sqs-proxy.ts";
import { receive, reply, replyContract } from "../reply-contract.ts";
import { useSqs } from "./use-sqs.ts";

const RETENTION_MS = 900_000;

const start = useSqs();

replyContract("SQS", async (test) => {
  const sqs = await start(test);
  const url = sqs.urlOf(await sqs.createQueue());
  return {
    openSender: () => sqsReplySender(url),
    openReceiver: (client) => sqsReplyReceiver(url, client, { pollWaitSeconds: 1 }),
    sendBody: (MessageBody) => sqs.server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody })),
  };
});

describe("a reply queue on SQS", () => {
  it("is empty after a client has received its replies", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const url = sqs.urlOf(name);
    const client = randomUUID();
    const sender = await sqsReplySender(url);
    for (let id = 1; id <= 3; id += 1) await sender.send(reply(client, id));
    await sqs.server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "not a reply" }));
    await sender.close();
    const receiver = await sqsReplyReceiver(url, client, { pollWaitSeconds: 1 });
    await receive(receiver, 3);
    const empty = async (): Promise<void> => {
      await receiver.receive(new AbortController().signal);
      expect(await sqs.server.count(name)).toMatchObject({ visible: 0, hidden: 0 });
    };
    await vi.waitFor(empty, { timeout: 10_000 });
    await receiver.close();
  });

  it("makes replies to others visible at once, and does not poll without a pause", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const [sender, receiver] = await Promise.all([
      sqsReplySender(sqs.urlOf(name)),
      sqsReplyReceiver(sqs.urlOf(name), randomUUID(), { pollWaitSeconds: 1 }),
    ]);
    test.onTestFinished(async () => {
      await Promise.all([sender.close(), receiver.close()]);
    });
    await sender.send(reply(randomUUID(), 1));
    const started = performance.now();
    for (let turn = 0; turn < 4; turn += 1)
      expect(await receiver.receive(new AbortController().signal)).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(4 * 149);
    expect(await sqs.server.count(name)).toMatchObject({ visible: 1, hidden: 0 });
    expect(sqs.proxy.of("ReceiveMessage").length).toBe(4);
  });

  it("drops replies that nobody waits for any more", async (test) => {
    const sqs = await start(test);
    const name = await sqs.createQueue();
    const url = sqs.urlOf(name);
    const sender = await sqsReplySender(url);
    await sender.send(reply(randomUUID(), 1));
    await sender.close();
    const receiver = await sqsReplyReceiver(url, randomUUID(), { pollWaitSeconds: 1 });
    test.onTestFinished(() => receiver.close());
    vi.useFakeTimers({ now: Date.now() + RETENTION_MS, toFake: ["Date"] });
    test.onTestFinished(() => void vi.useRealTimers());
    await receiver.receive(new AbortController().signal);
    await vi.waitFor(async () =>
      expect(await sqs.server.count(name)).toMatchObject({ visible: 0, hidden: 0 }),
    );
  });

  it.for([
    ["worker", sqsReplySender, "sqs:SendMessage and sqs:GetQueueAttributes"],
    [
      "client",
      (url: string) => sqsReplyReceiver(url, randomUUID()),
      "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes",
    ],
  ] as const)("tells a %s why it cannot be used", async ([, open, needed], test) => {
    const sqs = await start(test);
    const url = sqs.urlOf("nowhere");
    await expect(open(url)).rejects.toThrow(
      new StartError(
        `The reply queue ${url} cannot be used: it does not exist in account 000000000000; create it, or correct its address.`,
      ),
    );
    sqs.proxy.answer = () => refusal("AccessDeniedException");
    await expect(open(url)).rejects.toThrow(
      new StartError(`The reply queue ${url} cannot be used: access is denied; allow ${needed} on it.`),
    );
  });
});
