/*
 * What a measured process can say about itself. Imports no library, which would count as memory of a process that does not use it.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { freeMemory } from "../../src/platform/free-memory.ts";

/** Memory of a process, in bytes. */
export interface MemoryUsage {
  /** Resident memory before garbage collection, as an operator sees it. It varies by tens of MiB with uncollected garbage. */
  rss: number;
  /** Resident memory after garbage collection: memory in use, and fragmentation. */
  afterGc: number;
  /** JavaScript objects and their external memory, mostly buffers, after garbage collection. */
  objects: number;
}

/** CPU time of all threads of the process so far, in milliseconds. */
export function cpuMilliseconds(host: Pick<NodeJS.Process, "cpuUsage">): number {
  const { user, system } = host.cpuUsage();
  return (user + system) / 1_000;
}

/** Measures memory before and after the garbage collection that V8 does when it runs out of memory; takes up to half a second. */
export function measureMemory(host: Pick<NodeJS.Process, "memoryUsage">): MemoryUsage {
  const { rss } = host.memoryUsage();
  freeMemory();
  const { rss: afterGc, heapUsed, external } = host.memoryUsage();
  return { rss, afterGc, objects: heapUsed + external };
}

export function collectGarbage(): void {
  garbageCollector()();
}

/** Contexts that are created after --expose-gc is set have a `gc` function, even if Node was started without the flag. */
function garbageCollector(): NodeJS.GCFunction {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (!isCollector(gc)) throw new TypeError("this Node has no garbage collection on request");
  return gc;
}

function isCollector(value: unknown): value is NodeJS.GCFunction {
  return typeof value === "function";
}
