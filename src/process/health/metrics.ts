import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CommitObserver } from "../../append-log/append-log.ts";
import type { RequestObserver, RequestOutcome } from "../../bot/dispatch.ts";
import type { GatewayObserver } from "../../bot/gateway.ts";
import { JOB_KINDS, jobId } from "../../jobs/job.ts";
import { snowflakeTime } from "../../platform/snowflake.ts";
import type { DeadLetterCause, DeadLetterObserver } from "../../queue/queue.ts";
import type { PictureObserver } from "../../worker/picture.ts";
import type { JobObserver, JobOutcome } from "../../worker/run-job.ts";

type BotObserver = GatewayObserver & RequestObserver;
type WorkObserver = JobObserver & DeadLetterObserver & PictureObserver;
/** Hears of everything that a process counts or measures. */
export type Observer = BotObserver & WorkObserver & CommitObserver;

/** Counters start at 0 for each of these label values, because PromQL sees no increase in a series that begins at 1. */
const REQUEST_OUTCOMES: RequestOutcome[] = [
  "queued",
  "replied",
  "refused",
  "ignored",
  "not_accepted",
  "gone",
  "failed",
];
const JOB_OUTCOMES: JobOutcome[] = ["done", "postponed", "retried", "dead"];
const DEAD_LETTER_CAUSES: DeadLetterCause[] = ["failed", "unreadable", "refused", "abandoned"];
/** The append-only files that group commits write, by their prefixes in the store. */
const COMMIT_FILES = ["labels", "uploads", "hashes"];

/** Upper bounds of histogram buckets, in seconds. Discord waits 3 s for an acknowledgement. */
const ACKNOWLEDGEMENT_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];
const JOB_DURATION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const QUEUE_WAIT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
const COMMIT_DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
/** Upper bounds in rows. */
const COMMIT_ROWS_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/**
 * Creates the metrics of a process, those of Node.js included. No label holds an id, a name or a text.
 * @param now returns milliseconds since 1970
 */
export function newMetrics({ now }: { now: () => number }): { registry: Registry; observe: Observer } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const observe = { ...botMetrics(registers), ...jobMetrics(registers, now), ...commitMetrics(registers) };
  return { registry, observe };
}

function botMetrics(registers: Registry[]): BotObserver {
  const requests = new Counter({
    name: "hotdog_requests_total",
    help: "Interactions, and messages with images, by outcome",
    labelNames: ["from", "outcome"],
    registers,
  });
  const acknowledgement = new Histogram({
    name: "hotdog_acknowledgement_seconds",
    help: "Time from an interaction's arrival to Discord's response to its acknowledgement, by job kind",
    labelNames: ["kind"],
    buckets: ACKNOWLEDGEMENT_BUCKETS,
    registers,
  });
  const reconnects = new Counter({
    name: "hotdog_gateway_reconnects_total",
    help: "Outages of the gateway connection, each counted once",
    registers,
  });
  const resumes = new Counter({
    name: "hotdog_gateway_resumes_total",
    help: "Gateway sessions that were resumed after an outage",
    registers,
  });
  for (const from of ["interaction", "message"])
    for (const outcome of REQUEST_OUTCOMES) requests.inc({ from, outcome }, 0);

  return {
    requested: (from, outcome) => requests.inc({ from, outcome }),
    acknowledged: (kind, milliseconds) => acknowledgement.observe({ kind }, milliseconds / 1_000),
    gatewayLost: () => reconnects.inc(),
    gatewayResumed: () => resumes.inc(),
  };
}

function jobMetrics(registers: Registry[], now: () => number): WorkObserver {
  const jobs = new Counter({
    name: "hotdog_jobs_total",
    help: "Deliveries of jobs, by outcome",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "hotdog_job_duration_seconds",
    help: "Time from receiving a job until it is done or has failed",
    labelNames: ["kind"],
    buckets: JOB_DURATION_BUCKETS,
    registers,
  });
  const wait = new Histogram({
    name: "hotdog_queue_wait_seconds",
    help: "Time from the timestamp in a job's id, when the person asked, to its first attempt",
    labelNames: ["kind"],
    buckets: QUEUE_WAIT_BUCKETS,
    registers,
  });
  const inProgress = new Gauge({ name: "hotdog_jobs_in_progress", help: "Jobs in progress", registers });
  const deadLetters = new Counter({
    name: "hotdog_dead_letters_total",
    help: "Jobs that this process moved to the dead-letter queue, by cause",
    labelNames: ["cause"],
    registers,
  });
  const pictures = new Counter({
    name: "hotdog_pictures_total",
    help: "Pictures of images that were needed, by where they came from: the cache, or the store",
    labelNames: ["from"],
    registers,
  });
  for (const from of ["cache", "store"]) pictures.inc({ from }, 0);
  for (const cause of DEAD_LETTER_CAUSES) deadLetters.inc({ cause }, 0);
  for (const kind of JOB_KINDS) for (const outcome of JOB_OUTCOMES) jobs.inc({ kind, outcome }, 0);

  return {
    jobTaken(job, { attempt }) {
      const { kind } = job;
      // Discord's clock may be ahead of ours.
      const waited = Math.max(0, now() - snowflakeTime(jobId(job)).getTime()) / 1_000;
      const stopTimer = duration.startTimer({ kind });
      inProgress.inc();
      return (outcome) => {
        inProgress.dec();
        jobs.inc({ kind, outcome });
        // A postponed job is still waiting: its attempt has not begun.
        if (outcome === "postponed") return;
        stopTimer();
        if (attempt === 1) wait.observe({ kind }, waited);
      };
    },
    pictureMade: (from) => pictures.inc({ from }),
    deadLettered: (cause) => deadLetters.inc({ cause }),
  };
}

function commitMetrics(registers: Registry[]): CommitObserver {
  const labelNames = ["file"] as const;
  const rows = new Histogram({
    name: "hotdog_commit_rows",
    help: "Rows written by one group commit",
    labelNames,
    buckets: COMMIT_ROWS_BUCKETS,
    registers,
  });
  const duration = new Histogram({
    name: "hotdog_commit_duration_seconds",
    help: "Time from the start of a group commit until its rows are durable",
    labelNames,
    buckets: COMMIT_DURATION_BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: "hotdog_commit_failures_total",
    help: "Group commits that lost a race with another writer or failed in the store, and were retried",
    labelNames: ["file", "reason"],
    registers,
  });
  const duplicates = new Counter({
    name: "hotdog_duplicate_rows_total",
    help: "Rows that were already in the file when they were to be written",
    labelNames,
    registers,
  });
  for (const file of COMMIT_FILES) {
    for (const reason of ["lost", "failed"]) failures.inc({ file, reason }, 0);
    duplicates.inc({ file }, 0);
  }

  return {
    committed(file, written, milliseconds) {
      rows.observe({ file }, written);
      duration.observe({ file }, milliseconds / 1_000);
    },
    notCommitted: (file, reason) => failures.inc({ file, reason }),
    duplicated: (file, count) => duplicates.inc({ file }, count),
  };
}
