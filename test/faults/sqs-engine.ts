import { setTimeout as wait } from "node:timers/promises";
import { jobId, parseJob } from "../../src/queue/job.ts";
import { refusal, startSqsProxy, type SqsRequest } from "../aws/sqs-proxy.ts";
import { ACCOUNT, startSqsServer } from "../aws/sqs-server.ts";
import { randomOf } from "../random.ts";
import type { Engine } from "./engine.ts";

const QUEUE = "hotdog";
const DEAD_LETTERS = `${QUEUE}-dead-letters`;
/** Of a request while answers are lost. */
const SHARE_LOST = 0.1;
const SEED = 8;

/** SQS behind a proxy. */
export async function sqsEngine(): Promise<Engine> {
  const server = await startSqsServer();
  for (const name of [QUEUE, DEAD_LETTERS]) await server.createQueue(name);
  const proxy = await startSqsProxy(server.origin);
  const random = randomOf(SEED);
  const taken = new Set<string>();
  let sent = 0;
  proxy.answered = (request, body) => {
    if (request.action !== "SendMessageBatch") return;
    for (const name of namesOf(request, body)) {
      taken.add(name);
      sent += 1;
    }
  };

  return {
    name: "SQS",
    url: `${proxy.origin}/${ACCOUNT}/${QUEUE}`,
    outageName: "is away for a while",
    async taken() {
      return taken;
    },

    async unfinished() {
      const { visible, hidden, delayed } = await server.count(QUEUE);
      return visible + hidden + delayed;
    },

    async deadLetters() {
      const { visible, hidden } = await server.count(DEAD_LETTERS);
      return visible + hidden;
    },

    async outage(milliseconds) {
      proxy.answer = () => "cut";
      await wait(milliseconds / 3);
      // What waits for jobs would go on waiting for long after the outage.
      proxy.answer = ({ action }) => (action === "ReceiveMessage" ? "cut" : "hang");
      await wait(milliseconds / 3);
      proxy.answer = () => refusal("ServiceUnavailable", "away", 503);
      await wait(milliseconds / 3);
      proxy.answer = () => undefined;
    },

    async loseAnswers(milliseconds) {
      proxy.answer = () => (random() < SHARE_LOST ? "lose" : undefined);
      await wait(milliseconds);
      proxy.answer = () => undefined;
    },

    deliverTwice() {
      const before = sent;
      proxy.answer = ({ action }) => (action === "SendMessageBatch" ? "twice" : undefined);
      return {
        count: () => sent - before,
        stop: () => void (proxy.answer = () => undefined),
      };
    },

    async [Symbol.asyncDispose]() {
      await proxy.close();
      await server.close();
    },
  };
}

interface Sent {
  Entries: { Id: string; MessageBody: string }[];
}

/** What of a batch the server has taken. */
function namesOf({ body }: SqsRequest, answer: Record<string, unknown>): string[] {
  const { Successful = [] } = answer as { Successful?: { Id: string }[] };
  return (body as unknown as Sent).Entries.filter(({ Id }) => Successful.some((taken) => taken.Id === Id))
    .map(({ MessageBody }) => parseJob(MessageBody))
    .map((job) => `${job.kind} ${jobId(job)}`);
}
