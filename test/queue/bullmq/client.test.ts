import { expect, it } from "vitest";
import { senderClient, workerClient } from "../../../src/queue/bullmq/client.ts";
import { requireRedisUrl } from "../../../src/queue/bullmq/redis-address.ts";

const address = requireRedisUrl("redis://127.0.0.1:1/0");
const random = Math.random;

it("a sender gives Redis 5 seconds for a connection and 10 for an answer", () => {
  expect(senderClient(address, { random }).options).toMatchObject({
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    socketTimeout: 10_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
  });
});

it("a worker gives it 5 seconds for a connection, 20 of silence, and commands as long as it takes", () => {
  const client = workerClient(address, { random });
  client.on("error", () => {}).disconnect();
  expect(client.options).toMatchObject({
    connectTimeout: 5_000,
    socketTimeout: 20_000,
    maxRetriesPerRequest: null,
  });
  expect(client.options.commandTimeout).toBeUndefined();
});
