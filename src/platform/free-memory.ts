import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const CHECK_INTERVAL_MS = 5_000;
/** Share of the time in which an idle process works at most. */
const MAX_IDLE_UTILIZATION = 0.05;

interface Options {
  /** Returns the share of the time since the last call in which the process has worked, from 0 to 1. */
  utilization?: () => number;
  free?: () => void;
}

/**
 * Frees what the start of a process has left, once it has had little to do for 5 seconds: V8 may keep these 30 to 40 MB for hours
 * otherwise. A busy process reuses them. Does not keep the process alive.
 */
export function freeStartMemoryWhenIdle({
  utilization = utilizationMeter(),
  free = freeMemory,
}: Options = {}): void {
  const timer = setInterval(() => {
    if (utilization() > MAX_IDLE_UTILIZATION) return;
    clearInterval(timer);
    free();
  }, CHECK_INTERVAL_MS);
  timer.unref();
}

function utilizationMeter(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}

/** Runs the garbage collection that V8 does when it runs out of memory: about 100 ms of work for a heap of 50 MB. */
export function freeMemory(): void {
  // Contexts that are created after this flag is set have a `gc` function, even if Node was started without it.
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  // "last-resort" also frees what V8 caches: compiled code and empty pages.
  if (isCollector(gc)) gc({ type: "major", execution: "sync", flavor: "last-resort" });
}

function isCollector(value: unknown): value is NodeJS.GCFunction {
  return typeof value === "function";
}
