import { setTimeout as wait } from "node:timers/promises";
import { newSnowflake } from "../../platform/snowflake.ts";
import { MAX_ATTEMPTS, type JobSender } from "../../queue/queue.ts";
import type { Reply, ReplyReceiver } from "../../queue/reply.ts";
import type { StatsRequest } from "./read-request.ts";
import { describeError } from "../../platform/describe-error.ts";

/** Exit codes: the greatest of all requests is that of the command. */
export const EXIT = { answered: 0, failed: 1, late: 3 } as const;

/** The answer to a request, or the reason why it has no answer. */
export interface StatsAnswer {
  /** One line, without its end. */
  text: string;
  /** The exit code. */
  code: number;
}

interface Asker {
  /** Never rejects. */
  ask: (request: StatsRequest) => Promise<StatsAnswer>;
  /** Stops receiving replies. */
  close: () => Promise<void>;
}

interface Options {
  engine: "sqs" | "bullmq";
  jobs: JobSender;
  replies: ReplyReceiver;
  /** The id of this client. */
  client: string;
  /** Seconds to wait for each answer. */
  timeout: number;
  /** Milliseconds between a failed receive and the next try. */
  pause: number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called once when receiving begins to fail; it is tried again. */
  onFailing: (reason: string) => void;
}

/** Sends requests as jobs and finds the answer to each among the replies. A second reply to the same request is ignored. */
export function asker({ engine, jobs, replies, client, timeout, ...options }: Options): Asker {
  const waiting = new Map<string, (answer: StatsAnswer) => void>();
  const closing = new AbortController();
  const { signal } = closing;

  async function receiveAll(): Promise<void> {
    let failing = false;
    while (!signal.aborted) {
      try {
        for (const reply of await replies.receive(signal)) waiting.get(reply.id)?.(describeReply(reply));
        failing = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!failing) options.onFailing(describeError(error));
        failing = true;
        await wait(options.pause, undefined, { signal }).catch(() => {});
      }
    }
  }

  function newId(): string {
    const id = newSnowflake(options.now(), options.random);
    return waiting.has(id) ? newId() : id;
  }

  const receiving = receiveAll();
  return {
    ask({ request, numbers }) {
      const id = newId();
      const { promise, resolve } = Promise.withResolvers<StatsAnswer>();
      const other = engine === "sqs" ? ", or its REPLY_QUEUE_URL is missing or another one" : "";
      const late = `no answer within ${timeout} s. Perhaps no worker is running on this queue${other}. The job stays in the queue until a worker runs it. Reference: ${id}`;
      const timer = setTimeout(() => settle({ text: late, code: EXIT.late }), timeout * 1_000);
      function settle(answer: StatsAnswer): void {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      }
      waiting.set(id, settle);
      jobs.send({ kind: "client-stats", id, client, request, numbers }).catch((error: unknown) => {
        const text = `the queue did not confirm the job: ${describeError(error)}`;
        settle({ text, code: EXIT.failed });
      });
      return promise;
    },

    async close() {
      closing.abort();
      await receiving;
    },
  };
}

function describeReply({ id, stats }: Reply): StatsAnswer {
  if (stats !== null) {
    const { min, max, mean, median } = stats;
    return { text: `min ${min}, max ${max}, mean ${mean}, median ${median}`, code: EXIT.answered };
  }
  const text = `the worker failed ${MAX_ATTEMPTS} times and has given up. Its log and npm run dead-letters -- list say why. Reference: ${id}`;
  return { text, code: EXIT.failed };
}
