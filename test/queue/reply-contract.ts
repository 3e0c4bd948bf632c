import { randomUUID } from "node:crypto";
import { describe, expect, it, type TestContext } from "vitest";
import type { Reply, ReplyReceiver, ReplySender } from "../../src/queue/reply.ts";
import { fastest } from "../until.ts";

export interface Replies {
  openSender(): Promise<ReplySender>;
  openReceiver(client: string): Promise<ReplyReceiver>;
  /** Puts a text where the replies to this client are stored. */
  sendBody(body: string, client: string): Promise<unknown>;
}

export function reply(client: string, id: number): Reply {
  return { id: String(id), client, stats: { min: "3", max: "8", mean: "≈ 5.33333333333", median: "5" } };
}

/** Receives replies until there are this many. */
export async function receive(receiver: ReplyReceiver, count: number): Promise<Reply[]> {
  const { signal } = new AbortController();
  const received: Reply[] = [];
  while (received.length < count) received.push(...(await receiver.receive(signal)));
  return received;
}

/** Tests the replies of one engine. */
export function replyContract(name: string, start: (test: TestContext) => Promise<Replies>): void {
  describe.concurrent(`replies through ${name}`, () => {
    async function open(test: TestContext, clients: readonly string[]) {
      const replies = await start(test);
      const sender = await replies.openSender();
      const receivers = await Promise.all(clients.map((client) => replies.openReceiver(client)));
      test.onTestFinished(async () => {
        await Promise.all([sender, ...receivers].map((one) => one.close()));
      });
      return { replies, sender, receivers };
    }

    it("reach the client they are for", async (test) => {
      const clients = [randomUUID(), randomUUID()] as const;
      const { sender, receivers } = await open(test, clients);
      const [one, two] = receivers.map((receiver) => receive(receiver, 6));
      for (let id = 1; id <= 6; id += 1)
        await Promise.all(clients.map((client) => sender.send(reply(client, id))));
      const ids = ["1", "2", "3", "4", "5", "6"];
      for (const [client, received] of [
        [clients[0], await one],
        [clients[1], await two],
      ] as const) {
        expect(received?.map(({ id }) => id).toSorted()).toEqual(ids);
        expect(received?.every((one) => one.client === client)).toBe(true);
      }
    });

    it("arrive unchanged when they were sent before the client asked, failures included", async (test) => {
      const client = randomUUID();
      const { sender, receivers } = await open(test, [client]);
      const failure = { id: "2", client, stats: null };
      await sender.send(reply(client, 1));
      await sender.send(failure);
      const [receiver] = receivers;
      const received = receiver === undefined ? [] : await receive(receiver, 2);
      expect(received.toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual([reply(client, 1), failure]);
    });

    it("are found among texts that are not replies", async (test) => {
      const client = randomUUID();
      const { replies, sender, receivers } = await open(test, [client]);
      for (const body of ["no json", "{}", JSON.stringify({ ...reply(client, 1), client: "me" })])
        await replies.sendBody(body, client);
      await sender.send(reply(client, 7));
      const [receiver] = receivers;
      expect(receiver && (await receive(receiver, 1))).toEqual([reply(client, 7)]);
    });

    it("are not waited for any longer when the wait is aborted", async (test) => {
      const abortTime = async (): Promise<number> => {
        const { receivers } = await open(test, [randomUUID()]);
        const controller = new AbortController();
        let aborted = 0;
        setTimeout(() => {
          aborted = performance.now();
          controller.abort();
        }, 100);
        await expect(receivers[0]?.receive(controller.signal)).rejects.toThrow(/abort|closed/i);
        return performance.now() - aborted;
      };
      expect(await fastest(1_000, abortTime)).toBeLessThan(1_000);
    });
  });
}
