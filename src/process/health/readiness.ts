import { asyncCache } from "../../platform/async-cache.ts";
import { withoutSecrets } from "../../platform/redact.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { describeError } from "../../platform/describe-error.ts";

/** Milliseconds that a check may take; what asks whether we are ready waits no longer. */
const DEADLINE = 2_500;
/** Milliseconds for which what was found is told to whoever asks, so that asking often costs no more. */
const FRESH = 3_000;

/** What a process cannot do its work without. */
interface Needed {
  /** Throws, with the reason as its message, when it cannot be used just now. */
  check(signal: AbortSignal): Promise<void> | void;
}

interface Report {
  status: "starting" | "ready" | "not ready" | "stopping";
  /** By name: "ok", or what is wrong. */
  checks: Record<string, string>;
}

export interface Readiness {
  /** From now on it depends on these, by name. */
  started: (needed: Record<string, Needed>) => void;
  stopping: () => void;
  /** Never rejects. */
  report: () => Promise<Report>;
}

interface Options {
  /** Milliseconds. */
  deadline?: number;
  /** Milliseconds. */
  fresh?: number;
}

/** Whether a process can do its work, by checks that run when somebody asks. */
export function readiness({ deadline = DEADLINE, fresh = FRESH }: Options = {}): Readiness {
  let needed: Record<string, Needed> | undefined;
  let isStopping = false;
  const reports = asyncCache<Report>({ lifetime: fresh });

  async function outcomeOf(part: Needed): Promise<string> {
    try {
      await withDeadline(deadline, async (signal) => part.check(signal));
      return "ok";
    } catch (error) {
      return withoutSecrets(describeError(error));
    }
  }

  async function look(all: Record<string, Needed>): Promise<Report> {
    const found = await Promise.all(
      Object.entries(all).map(async ([name, part]) => [name, await outcomeOf(part)] as const),
    );
    const ready = found.every(([, outcome]) => outcome === "ok");
    return { status: ready ? "ready" : "not ready", checks: Object.fromEntries(found) };
  }

  return {
    started: (all) => void (needed = all),
    stopping: () => void (isStopping = true),
    async report() {
      const parts = needed;
      const found: Report =
        parts === undefined || isStopping
          ? { status: "starting", checks: {} }
          : await reports.load("all", () => look(parts));
      // Also when that has begun since.
      return isStopping ? { status: "stopping", checks: {} } : found;
    },
  };
}
