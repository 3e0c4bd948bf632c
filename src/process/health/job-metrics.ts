import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { snowflakeTime } from "../../platform/snowflake.ts";
import { JOB_KINDS, jobId } from "../../jobs/job.ts";
import type { DeadLetterCause, DeadLetterObserver } from "../../queue/queue.ts";
import type { JobObserver, JobOutcome } from "../../worker/run-job.ts";

export type WorkObserver = JobObserver & DeadLetterObserver;

const JOB_OUTCOMES: readonly JobOutcome[] = ["done", "postponed", "retried", "dead"];
const DEAD_LETTER_CAUSES: readonly DeadLetterCause[] = ["failed", "unreadable", "refused", "abandoned"];

/** Seconds. */
const DURATION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const WAIT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

/** @param now milliseconds since 1970 */
export function jobMetrics(registry: Registry, now: () => number): WorkObserver {
  const registers = [registry];
  const jobs = new Counter({
    name: "hotdog_jobs_total",
    help: "Deliveries of jobs, by what became of them",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "hotdog_job_duration_seconds",
    help: "From taking a job until it is done or has failed",
    labelNames: ["kind"],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const wait = new Histogram({
    name: "hotdog_queue_wait_seconds",
    help: "From the time in a job's id, when somebody asked, until its first attempt",
    labelNames: ["kind"],
    buckets: WAIT_BUCKETS,
    registers,
  });
  const atHand = new Gauge({ name: "hotdog_jobs_at_hand", help: "Jobs taken and not ended yet", registers });
  const deadLetters = new Counter({
    name: "hotdog_dead_letters_total",
    help: "Jobs and messages that this process has put with the dead letters, by why",
    labelNames: ["cause"],
    registers,
  });
  // From nothing to one is a rise only where there was a zero before.
  for (const cause of DEAD_LETTER_CAUSES) deadLetters.inc({ cause }, 0);
  for (const kind of JOB_KINDS) for (const outcome of JOB_OUTCOMES) jobs.inc({ kind, outcome }, 0);

  return {
    jobTaken(job, { attempt }) {
      const { kind } = job;
      // Discord's clock and ours differ by a little.
      const waited = Math.max(0, now() - snowflakeTime(jobId(job)).getTime()) / 1_000;
      const stopTimer = duration.startTimer({ kind });
      atHand.inc();
      return (outcome) => {
        atHand.dec();
        jobs.inc({ kind, outcome });
        // It waits on, and its attempt has not begun.
        if (outcome === "postponed") return;
        stopTimer();
        if (attempt === 1) wait.observe({ kind }, waited);
      };
    },
    buried: (cause) => deadLetters.inc({ cause }),
  };
}
