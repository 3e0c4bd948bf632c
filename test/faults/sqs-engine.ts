import { setTimeout as wait } from "node:timers/promises";
import { sqsQueue } from "../../src/queue/sqs/sqs-queue.ts";
import { jobId, parseJob } from "../../src/jobs/job.ts";
import { refusal, startSqsProxy, type Answer, type SqsRequest } from "../aws/sqs-proxy.ts";
import { startSqsServer } from "../aws/sqs-server.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { memoryLog } from "../memory-log.ts";
import type { Engine } from "./engine.ts";
import { waitForHit } from "./fault.ts";

const QUEUE = "hotdog";
const DEAD_LETTERS = `${QUEUE}-dead-letters`;
/** The share of responses that are lost. */
const LOST_SHARE = 0.1;
const SEED = 8;

/** Starts SQS behind a proxy. @param start starts the server */
export async function sqsEngine(start = startSqsServer): Promise<Engine> {
  await using stack = new AsyncDisposableStack();
  const server = await start();
  stack.defer(() => server.close());
  for (const name of [QUEUE, DEAD_LETTERS]) await server.createQueue(name);
  const proxy = await startSqsProxy(server.origin);
  stack.defer(() => proxy.close());
  const disposables = stack.move();
  const random = seeded(SEED);
  const accepted = new Set<string>();
  /** The ids of the messages with which each job was delivered. */
  const deliveries = new Map<string, Set<string>>();
  proxy.answered = (request, body) => {
    if (request.action === "SendMessageBatch") for (const name of namesOf(request, body)) accepted.add(name);
    if (request.action !== "ReceiveMessage") return;
    const { Messages = [] } = body as Received;
    for (const { MessageId, Body } of Messages) {
      const name = nameOf(Body);
      // A sender that was killed at that moment has not had the answer that its job was accepted.
      accepted.add(name);
      deliveries.set(name, (deliveries.get(name) ?? new Set()).add(MessageId));
    }
  };
  const deliveredTwice = (): number => [...deliveries.values()].filter(({ size }) => size > 1).length;

  /** Sets the proxy's responses from now on. Returns a function that counts the affected requests. */
  function inject(answerTo: (request: SqsRequest) => Answer): () => number {
    let hits = 0;
    proxy.answer = (request) => {
      const answer = answerTo(request);
      hits += Number(answer !== undefined);
      return answer;
    };
    return () => hits;
  }

  return {
    name: "SQS",
    url: `${proxy.origin}${new URL(server.urlOf(QUEUE)).pathname}`,

    async accepted() {
      return accepted;
    },

    async deadLetters() {
      const queue = await sqsQueue(server.urlOf(QUEUE), { log: memoryLog().log });
      const letters = await queue.deadLetters();
      await queue.close();
      return new Map(letters.map(({ body, reason }) => [nameOf(body), reason]));
    },

    async unfinished() {
      const { visible, hidden, delayed } = await server.count(QUEUE);
      return visible + hidden + delayed;
    },

    async outage(milliseconds) {
      const counts: number[] = [];
      for (const answer of [
        () => "cut",
        () => refusal("ServiceUnavailable", "unavailable", 503),
        // Comes last, because senders hang. Receivers are cut off, because they would hang until long after the outage.
        ({ action }) => (action === "ReceiveMessage" ? "cut" : "hang"),
      ] satisfies ((request: SqsRequest) => Answer)[]) {
        const count = inject(answer);
        await wait(milliseconds / 3);
        counts.push(await waitForHit(count));
      }
      proxy.answer = () => undefined;
      return Math.min(...counts);
    },

    async loseResponses(milliseconds) {
      const lost = inject(() => (random() < LOST_SHARE ? "lose" : undefined));
      await wait(milliseconds);
      const count = await waitForHit(lost);
      proxy.answer = () => undefined;
      return count;
    },

    async deliverTwice(milliseconds) {
      const before = deliveredTwice();
      proxy.answer = ({ action }) => (action === "SendMessageBatch" ? "twice" : undefined);
      await wait(milliseconds);
      const count = await waitForHit(() => deliveredTwice() - before);
      proxy.answer = () => undefined;
      return count;
    },

    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}

interface Received {
  Messages?: { MessageId: string; Body: string }[];
}

interface Sent {
  Entries: { Id: string; MessageBody: string }[];
}

/** The jobs of a batch that the server has accepted. */
function namesOf({ body }: SqsRequest, answer: Record<string, unknown>): string[] {
  const { Successful = [] } = answer as { Successful?: { Id: string }[] };
  return (body as unknown as Sent).Entries.filter(({ Id }) =>
    Successful.some((entry) => entry.Id === Id),
  ).map(({ MessageBody }) => nameOf(MessageBody));
}

function nameOf(body: string): string {
  const job = parseJob(body);
  return `${job.kind} ${jobId(job)}`;
}
