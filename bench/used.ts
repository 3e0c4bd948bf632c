import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";

/** Of a process, in bytes. */
export const memory = z.object({
  /** Resident, as an operator sees it. It goes up and down by tens of MiB with the garbage that is still to be collected. */
  rss: z.number(),
  /** Resident when all that nobody refers to is gone and given back: what is left is in use, or lies between what is in use. */
  kept: z.number(),
  /** Of that, JavaScript objects and what belongs to them outside of the heap, buffers above all. */
  objects: z.number(),
});
export type Memory = z.infer<typeof memory>;

/** Milliseconds of all its threads, since the process began. */
export function cpuTimeOf(host: Pick<NodeJS.Process, "cpuUsage">): number {
  const { user, system } = host.cpuUsage();
  return (user + system) / 1_000;
}

/** Collects garbage as V8 does when there is no memory left, which may take half a second. */
export function memoryOf(host: Pick<NodeJS.Process, "memoryUsage">): Memory {
  const { rss } = host.memoryUsage();
  // Also what V8 keeps for a while in case it is wanted again: compiled code, and pages that are empty.
  collector()({ type: "major", execution: "sync", flavor: "last-resort" });
  const { rss: kept, heapUsed, external } = host.memoryUsage();
  return { rss, kept, objects: heapUsed + external };
}

export function collectGarbage(): void {
  collector()();
}

/** Node gives its collector only to those who ask for it at the start, or to contexts that are made after that. */
function collector(): NodeJS.GCFunction {
  setFlagsFromString("--expose-gc");
  return z.custom<NodeJS.GCFunction>((gc) => typeof gc === "function").parse(runInNewContext("gc"));
}
