import { expect, it } from "vitest";
import { batcher } from "../../../src/queue/sqs/batched-actions.ts";

it("never sends an entry that timed out while it waited", async () => {
  const gate = Promise.withResolvers<void>();
  const sent: string[] = [];
  const batches = batcher<{ name: string }>({
    maxPartialBatches: 1,
    random: Math.random,
    timeoutMs: 50,
    async request(entries) {
      sent.push(...entries.map(({ name }) => name));
      await gate.promise;
      return { Successful: entries };
    },
  });
  const first = batches.add({ name: "first" });
  await expect(first).rejects.toThrow("did not answer within 50 ms");
  await expect(batches.add({ name: "second" })).rejects.toThrow("did not answer within 50 ms");
  gate.resolve();
  await batches.add({ name: "third" });
  expect(sent).toEqual(["first", "third"]);
});
