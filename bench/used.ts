import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";

/** Of a process, in bytes. */
export const memory = z.object({
  /** Resident, as an operator sees it. */
  rss: z.number(),
  /** Of JavaScript objects, when all that nobody refers to is gone. */
  heapUsed: z.number(),
});
export type Memory = z.infer<typeof memory>;

/** Milliseconds of all its threads, since the process began. */
export function cpuTimeOf(host: Pick<NodeJS.Process, "cpuUsage">): number {
  const { user, system } = host.cpuUsage();
  return (user + system) / 1_000;
}

/** Collects garbage, which may take a tenth of a second; twice, as what is finalized goes only the second time. */
export async function memoryOf(host: Pick<NodeJS.Process, "memoryUsage">): Promise<Memory> {
  const { rss } = host.memoryUsage();
  collectGarbage();
  await setImmediate();
  collectGarbage();
  return { rss, heapUsed: host.memoryUsage().heapUsed };
}

/** Node gives its collector only to those who ask for it at the start, or to contexts that are made after that. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  z.function({ input: [], output: z.void() }).parse(runInNewContext("gc"))();
}
