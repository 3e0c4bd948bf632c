import { expect, it } from "vitest";
import { senderClient, workerClient } from "../../../src/queue/bullmq/connection.ts";
import { requireRedisUrl } from "../../../src/queue/bullmq/redis-address.ts";

const address = requireRedisUrl("redis://127.0.0.1:1/0");

it("a sender gives Redis 5 s for a connection and 10 s for an answer", () => {
  expect(senderClient(address).options).toMatchObject({
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    socketTimeout: 10_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
  });
});

it("a worker gives Redis 5 s for a connection, 20 s of silence, and commands no limit", () => {
  const client = workerClient(address);
  client.on("error", () => {}).disconnect();
  expect(client.options).toMatchObject({
    connectTimeout: 5_000,
    socketTimeout: 20_000,
    maxRetriesPerRequest: null,
  });
  expect(client.options.commandTimeout).toBeUndefined();
});
