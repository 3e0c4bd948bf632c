import { asyncCache } from "../../platform/async-cache.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { describeError } from "../../platform/describe-error.ts";
import { withoutSecrets } from "../../platform/safe-text.ts";

/** Time for one check. Probes usually wait a little longer for their answer. */
const CHECK_DEADLINE_MS = 2_500;
/** How long a report is reused, so that frequent probes do not run more checks. */
const REPORT_MAX_AGE_MS = 3_000;

/** What a process cannot work without. */
interface Dependency {
  /** @throws Error with the reason when it cannot be used now */
  check(signal: AbortSignal): Promise<void> | void;
}

interface Report {
  status: "starting" | "ready" | "not ready" | "stopping";
  /** For each dependency: "ok", or what is wrong. */
  checks: Record<string, string>;
}

export interface Readiness {
  /** Ends the status "starting". After that, the process is ready when these dependencies are. */
  started: (dependencies: Record<string, Dependency>) => void;
  stopping: () => void;
  /** Never rejects. */
  report: () => Promise<Report>;
}

/** Reports whether a process can do its work, by checks that run on request. */
export function readiness({
  checkDeadlineMs = CHECK_DEADLINE_MS,
  reportMaxAgeMs = REPORT_MAX_AGE_MS,
} = {}): Readiness {
  let dependencies: Record<string, Dependency> | undefined;
  let isStopping = false;
  // Requests that arrive during the checks, or soon after, share one report.
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
