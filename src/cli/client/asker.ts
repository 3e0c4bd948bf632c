import { setTimeout as wait } from "node:timers/promises";
import { newSnowflake } from "../../platform/snowflake.ts";
import type { Stats } from "../../stats/stats.ts";
import { MAX_ATTEMPTS, type JobSender } from "../../queue/queue.ts";
import type { Reply, ReplyReceiver } from "../../queue/reply.ts";
import type { StatsRequest } from "./read-request.ts";
import { describeError } from "../../platform/describe-error.ts";

export type RequestOutcome =
  | { kind: "answered"; stats: Stats }
  /** The worker has made its last attempt. */
  | { kind: "failed"; id: string }
  /** No reply came in time. */
  | { kind: "late"; id: string }
  /** The queue did not accept the job, or did not confirm it. */
  | { kind: "not-sent"; reason: string };

interface Asker {
  /** Never rejects. */
  ask: (request: StatsRequest) => Promise<RequestOutcome>;
  /** Stops receiving replies. */
  close: () => Promise<void>;
}

interface Options {
  jobs: JobSender;
  replies: ReplyReceiver;
  /** The id of this client. */
  client: string;
  /** Milliseconds to wait for each answer. */
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
export function asker({ jobs, replies, client, timeout, pause, random, now, onFailing }: Options): Asker {
  const waiting = new Map<string, (outcome: RequestOutcome) => void>();
  const closing = new AbortController();
  const { signal } = closing;

  async function receiveAll(): Promise<void> {
    let failing = false;
    while (!signal.aborted) {
      try {
        for (const reply of await replies.receive(signal)) waiting.get(reply.id)?.(outcomeOf(reply));
        failing = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!failing) onFailing(describeError(error));
        failing = true;
        await wait(pause, undefined, { signal }).catch(() => {});
      }
    }
  }

  function freshId(): string {
    const id = newSnowflake(now(), random);
    return waiting.has(id) ? freshId() : id;
  }

  const receiving = receiveAll();
  return {
    ask({ request, numbers }) {
      const id = freshId();
      const { promise, resolve } = Promise.withResolvers<RequestOutcome>();
      const timer = setTimeout(() => settle({ kind: "late", id }), timeout);
      function settle(outcome: RequestOutcome): void {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(outcome);
      }
      waiting.set(id, settle);
      jobs
        .send({ kind: "client-stats", id, client, request, numbers })
        .catch((error: unknown) => settle({ kind: "not-sent", reason: describeError(error) }));
      return promise;
    },

    async close() {
      closing.abort();
      await receiving;
    },
  };
}

function outcomeOf({ id, stats }: Reply): RequestOutcome {
  return stats === null ? { kind: "failed", id } : { kind: "answered", stats };
}

/** Exit codes: the greatest of all requests is that of the command. */
export const EXIT = { answered: 0, failed: 1, late: 3 } as const;

interface DescribedOutcome {
  /** One line, without its end. */
  text: string;
  code: number;
}

interface Circumstances {
  /** Seconds. */
  timeout: number;
  engine: "sqs" | "bullmq";
}

export function describeOutcome(
  outcome: RequestOutcome,
  { timeout, engine }: Circumstances,
): DescribedOutcome {
  switch (outcome.kind) {
    case "answered": {
      const { min, max, mean, median } = outcome.stats;
      return { text: `min ${min}, max ${max}, mean ${mean}, median ${median}`, code: EXIT.answered };
    }
    case "failed":
      return {
        text: `the worker failed ${MAX_ATTEMPTS} times and has given up. Its log and npm run dead-letters -- list say why. Reference: ${outcome.id}`,
        code: EXIT.failed,
      };
    case "not-sent":
      return { text: `the queue did not confirm the job: ${outcome.reason}`, code: EXIT.failed };
    case "late": {
      const other = engine === "sqs" ? ", or its REPLY_QUEUE_URL is missing or another one" : "";
      return {
        text: `no answer within ${timeout} s. Perhaps no worker is running on this queue${other}. The job stays in the queue until a worker runs it. Reference: ${outcome.id}`,
        code: EXIT.late,
      };
    }
  }
}
