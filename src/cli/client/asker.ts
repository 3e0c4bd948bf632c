import { setTimeout as wait } from "node:timers/promises";
import { newSnowflake } from "../../platform/snowflake.ts";
import type { Stats } from "../../stats/stats.ts";
import type { JobSender } from "../../queue/queue.ts";
import type { Reply, ReplyReceiver } from "../../queue/reply.ts";
import type { StatsRequest } from "./read-request.ts";
import { describeError } from "../../platform/describe-error.ts";

export type Outcome =
  | { kind: "answered"; stats: Stats }
  /** A worker has tried for the last time. */
  | { kind: "failed"; id: string }
  /** Nothing came in time. */
  | { kind: "late"; id: string }
  /** The queue did not take the job, or did not say so. */
  | { kind: "not-sent"; reason: string };

interface Asker {
  /** Never rejects. */
  ask: (request: StatsRequest) => Promise<Outcome>;
  /** Receives no more. */
  close: () => Promise<void>;
}

interface Parts {
  jobs: JobSender;
  replies: ReplyReceiver;
  /** The id of this client. */
  client: string;
  /** Milliseconds for an answer. */
  timeout: number;
  /** Milliseconds before replies are asked for again after that has failed. */
  pause: number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called when replies can no longer be received, which is tried again. */
  onTrouble: (reason: string) => void;
}

/** Sends requests and finds the answer to each among the replies, of which a second one to the same request says nothing new. */
export function asker({ jobs, replies, client, timeout, pause, random, now, onTrouble }: Parts): Asker {
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const closing = new AbortController();
  const { signal } = closing;

  async function receiveAll(): Promise<void> {
    let troubled = false;
    while (!signal.aborted) {
      try {
        for (const reply of await replies.receive(signal)) waiting.get(reply.id)?.(outcomeOf(reply));
        troubled = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!troubled) onTrouble(describeError(error));
        troubled = true;
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
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const timer = setTimeout(() => settle({ kind: "late", id }), timeout);
      function settle(outcome: Outcome): void {
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

function outcomeOf({ id, stats }: Reply): Outcome {
  return stats === null ? { kind: "failed", id } : { kind: "answered", stats };
}
