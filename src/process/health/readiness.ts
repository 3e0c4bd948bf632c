import { asyncCache } from "../../platform/async-cache.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { describeError } from "../../platform/describe-error.ts";
import { withoutSecrets } from "../../platform/safe-text.ts";

/** Time for one check, so that a probe gets its answer within its own time-out. */
const CHECK_DEADLINE_MS = 2_500;
/** Time for which a report is reused, so that frequent probes cost no more. */
const REPORT_MAX_AGE_MS = 3_000;

/** Something that a process cannot work without. */
interface Dependency {
  /** @throws Error with the reason when it cannot be used now */
  check(signal: AbortSignal): Promise<void> | void;
}

interface Report {
  status: "starting" | "ready" | "not ready" | "stopping";
  /** By name of the dependency: "ok", or what is wrong. */
  checks: Record<string, string>;
}

export interface Readiness {
  /** Ends the start. From now on the process is ready when these dependencies are. */
  started: (dependencies: Record<string, Dependency>) => void;
  stopping: () => void;
  /** Never rejects. */
  report: () => Promise<Report>;
}

interface ReadinessOptions {
  checkDeadlineMs?: number;
  reportMaxAgeMs?: number;
}

/** Reports whether a process can do its work, by checks that run on request. */
export function readiness(options: ReadinessOptions = {}): Readiness {
  const { checkDeadlineMs = CHECK_DEADLINE_MS, reportMaxAgeMs = REPORT_MAX_AGE_MS } = options;
  let dependencies: Record<string, Dependency> | undefined;
  let isStopping = false;
  /** Requests that arrive during the checks, or soon after, share one report. */
  const reports = asyncCache<Report>({ lifetime: reportMaxAgeMs });

  async function check(dependency: Dependency): Promise<string> {
    try {
      await withDeadline(checkDeadlineMs, async (signal) => dependency.check(signal));
      return "ok";
    } catch (error) {
      return withoutSecrets(describeError(error));
    }
  }

  async function checkAll(all: Record<string, Dependency>): Promise<Report> {
    const checks = await Promise.all(
      Object.entries(all).map(async ([name, dependency]) => [name, await check(dependency)] as const),
    );
    const isReady = checks.every(([, result]) => result === "ok");
    return { status: isReady ? "ready" : "not ready", checks: Object.fromEntries(checks) };
  }

  return {
    started: (all) => void (dependencies = all),
    stopping: () => void (isStopping = true),
    async report() {
      const current = dependencies;
      const report: Report =
        current === undefined || isStopping
          ? { status: "starting", checks: {} }
          : await reports.load("all", () => checkAll(current));
      // The process may have begun to stop during the checks.
      return isStopping ? { status: "stopping", checks: {} } : report;
    },
  };
}
