import type { Stats } from "../../stats/stats.ts";
import { MAX_ATTEMPTS } from "../../queue/queue.ts";
import type { Outcome } from "./asker.ts";

/** The greater, the worse; the greatest of all requests is the process's. */
export const EXIT = { answered: 0, failed: 1, late: 3 } as const;

interface Described {
  /** One line, without its end. */
  text: string;
  code: number;
}

interface Circumstances {
  /** Seconds. */
  timeout: number;
  engine: "sqs" | "bullmq";
}

/** An outcome in words. */
export function describe(outcome: Outcome, { timeout, engine }: Circumstances): Described {
  switch (outcome.kind) {
    case "answered":
      return { text: lineOf(outcome.stats), code: EXIT.answered };
    case "failed":
      return {
        text: `the worker failed ${MAX_ATTEMPTS} times and has given up. Its log says why, and npm run dead-letters -- list. Reference: ${outcome.id}`,
        code: EXIT.failed,
      };
    case "not-sent":
      return {
        text: `the queue did not take the job, as far as is known: ${outcome.reason}`,
        code: EXIT.failed,
      };
    case "late": {
      const other = engine === "sqs" ? ", or it has no REPLY_QUEUE_URL or another one" : "";
      return {
        text: `no answer within ${timeout} s. Perhaps no worker is running on this queue${other}. The job stays queued, and a worker that comes will do it. Reference: ${outcome.id}`,
        code: EXIT.late,
      };
    }
  }
}

function lineOf({ min, max, mean, median }: Stats): string {
  return `min ${min}, max ${max}, mean ${mean}, median ${median}`;
}
