import { Counter, Histogram, type Registry } from "prom-client";
import type { CommitObserver } from "../../append-log/append-log.ts";

/** As their prefixes in the store. */
const FILES = ["labels", "uploads"];

const ROWS_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
/** Seconds. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

export function commitMetrics(registry: Registry): CommitObserver {
  const registers = [registry];
  const labelNames = ["file"] as const;
  const rows = new Histogram({
    name: "hotdog_commit_rows",
    help: "Rows that were written by one group commit",
    labelNames,
    buckets: ROWS_BUCKETS,
    registers,
  });
  const duration = new Histogram({
    name: "hotdog_commit_duration_seconds",
    help: "From the beginning of a group commit until its rows are durable",
    labelNames,
    buckets: DURATION_BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: "hotdog_commit_failures_total",
    help: "Group commits that another writer was faster than (lost), or the store failed (failed); they are tried again",
    labelNames: ["file", "reason"],
    registers,
  });
  const duplicates = new Counter({
    name: "hotdog_duplicate_rows_total",
    help: "Rows that were in the file already when they were to be written",
    labelNames,
    registers,
  });

  // From nothing to one is a rise only where there was a zero before.
  for (const file of FILES) {
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
