import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bullmqReplyReceiver, bullmqReplySender } from "../../../src/queue/bullmq/replies.ts";
import { memoryLog } from "../../memory-log.ts";
import { reply, replyContract } from "../reply-contract.ts";
import { useRedis } from "./use-redis.ts";

const start = useRedis();
const { log } = memoryLog();

replyContract("Redis", async (test) => {
  const { url, look } = await start(test);
  return {
    openSender: () => bullmqReplySender(url, { log }),
    openReceiver: (client) => bullmqReplyReceiver(url, client, { log }),
    sendBody: (body, client) => look.rpush(`hotdog-bot:replies:${client}`, body),
  };
});

describe("a reply in Redis", () => {
  it("expires after 15 minutes", async (test) => {
    const { url, look } = await start(test);
    const sender = await bullmqReplySender(url, { log });
    const client = randomUUID();
    await sender.send(reply(client, 1));
    await sender.close();
    const left = await look.ttl(`hotdog-bot:replies:${client}`);
    expect(left).toBeGreaterThan(890);
    expect(left).toBeLessThanOrEqual(900);
  });

  it("is refused when it cannot be stored", async (test) => {
    const { url, look } = await start(test);
    const sender = await bullmqReplySender(url, { log });
    const client = randomUUID();
    await look.set(`hotdog-bot:replies:${client}`, "not a list");
    await expect(sender.send(reply(client, 1))).rejects.toThrow("WRONGTYPE");
    await sender.close();
  });

  it("is refused during an outage, and accepted afterwards", async (test) => {
    const { url, server } = await start(test);
    const sender = await bullmqReplySender(url, { log });
    test.onTestFinished(() => sender.close());
    await server.kill();
    await expect(sender.send(reply(randomUUID(), 1))).rejects.toThrow(/connect|closed|writeable/i);
    await server.start();
    await expect
      .poll(
        () =>
          sender.send(reply(randomUUID(), 1)).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
  });
});
