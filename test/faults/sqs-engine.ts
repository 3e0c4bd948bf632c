import { setTimeout as wait } from "node:timers/promises";
import { sqsQueue } from "../../src/queue/sqs/sqs-queue.ts";
import { jobId, parseJob } from "../../src/jobs/job.ts";
import { refusal, startSqsProxy, type Answer, type SqsRequest } from "../aws/sqs-proxy.ts";
import { ACCOUNT, startSqsServer } from "../aws/sqs-server.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { memoryLog } from "../logged.ts";
import type { Engine } from "./engine.ts";
import { untilHit } from "./fault.ts";

const QUEUE = "hotdog";
const DEAD_LETTERS = `${QUEUE}-dead-letters`;
/** Of a request while answers are lost. */
const SHARE_LOST = 0.1;
const SEED = 8;

/** SQS behind a proxy. */
export async function sqsEngine(): Promise<Engine> {
  await using stack = new AsyncDisposableStack();
  const server = await startSqsServer();
  stack.defer(() => server.close());
  for (const name of [QUEUE, DEAD_LETTERS]) await server.createQueue(name);
  const proxy = await startSqsProxy(server.origin);
  stack.defer(() => proxy.close());
  const opened = stack.move();
  const random = seeded(SEED);
  const taken = new Set<string>();
  /** The messages by which each job has come to a worker. */
  const deliveries = new Map<string, Set<string>>();
  proxy.answered = (request, body) => {
    if (request.action === "SendMessageBatch") for (const name of namesOf(request, body)) taken.add(name);
    if (request.action !== "ReceiveMessage") return;
    const { Messages = [] } = body as Received;
    for (const { MessageId, Body } of Messages) {
      const name = nameOf(Body);
      deliveries.set(name, (deliveries.get(name) ?? new Set()).add(MessageId));
    }
  };
  const deliveredTwice = (): number => [...deliveries.values()].filter(({ size }) => size > 1).length;

  /** Answers requests like this from now on. @returns the number of requests affected */
  function inject(answerTo: (request: SqsRequest) => Answer): () => number {
    let met = 0;
    proxy.answer = (request) => {
      const answer = answerTo(request);
      met += Number(answer !== undefined);
      return answer;
    };
    return () => met;
  }

  return {
    name: "SQS",
    url: `${proxy.origin}/${ACCOUNT}/${QUEUE}`,

    async taken() {
      return taken;
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
        () => refusal("ServiceUnavailable", "away", 503),
        // Last, as senders ask nothing more meanwhile; what waits for jobs would go on waiting for long after the outage.
        ({ action }) => (action === "ReceiveMessage" ? "cut" : "hang"),
      ] satisfies ((request: SqsRequest) => Answer)[]) {
        const count = inject(answer);
        await wait(milliseconds / 3);
        counts.push(await untilHit(count));
      }
      proxy.answer = () => undefined;
      return Math.min(...counts);
    },

    async loseAnswers(milliseconds) {
      const lost = inject(() => (random() < SHARE_LOST ? "lose" : undefined));
      await wait(milliseconds);
      const count = await untilHit(lost);
      proxy.answer = () => undefined;
      return count;
    },

    async deliverTwice(milliseconds) {
      const before = deliveredTwice();
      proxy.answer = ({ action }) => (action === "SendMessageBatch" ? "twice" : undefined);
      await wait(milliseconds);
      const count = await untilHit(() => deliveredTwice() - before);
      proxy.answer = () => undefined;
      return count;
    },

    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

interface Received {
  Messages?: { MessageId: string; Body: string }[];
}

interface Sent {
  Entries: { Id: string; MessageBody: string }[];
}

/** What of a batch the server has taken. */
function namesOf({ body }: SqsRequest, answer: Record<string, unknown>): string[] {
  const { Successful = [] } = answer as { Successful?: { Id: string }[] };
  return (body as unknown as Sent).Entries.filter(({ Id }) =>
    Successful.some((taken) => taken.Id === Id),
  ).map(({ MessageBody }) => nameOf(MessageBody));
}

function nameOf(body: string): string {
  const job = parseJob(body);
  return `${job.kind} ${jobId(job)}`;
}
