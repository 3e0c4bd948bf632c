import { cpuUsage } from "node:process";
import { busyTime, cpuTimes } from "./cpu-time.ts";

/** Kinds of processes that are named. */
const TOLD = 4;

/** Cores that were in use, on average. */
export interface CoresInUse {
  /** By whomever on this machine. */
  all: number;
  /** By each kind of process, this one among them as `sender`; nothing where the system does not tell. */
  by: Record<string, number>;
}

/**
 * Counts from now on; what resolves tells, when it is called, what was in use since.
 * @param processes ids with the kind of process
 */
export async function countCores(
  processes: readonly (readonly [kind: string, pid: number])[],
): Promise<() => Promise<CoresInUse>> {
  const look = async (): Promise<{ at: number; all: number; own: number; times: number[] | undefined }> => {
    const { user, system } = cpuUsage();
    const times = await cpuTimes(processes.map(([, pid]) => pid));
    return { at: performance.now() / 1_000, all: busyTime(), own: (user + system) / 1e6, times };
  };
  const before = await look();
  return async () => {
    const after = await look();
    const per = after.at - before.at;
    const by: Record<string, number> = {};
    if (after.times !== undefined) by["sender"] = (after.own - before.own) / per;
    after.times?.forEach((time, index) => {
      const [kind = ""] = processes[index] ?? [];
      by[kind] = (by[kind] ?? 0) + (time - (before.times?.[index] ?? 0)) / per;
    });
    return { all: (after.all - before.all) / per, by };
  };
}

/** Those that use most; `others` are no part of the bench. */
export function describeCores({ all, by }: CoresInUse): string {
  const shares = Object.entries(by);
  if (shares.length === 0) return "";
  const others = all - shares.reduce((sum, [, cores]) => sum + cores, 0);
  return [...shares, ["others", others] as const]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, TOLD)
    .map(([kind, cores]) => `${kind} ${cores.toFixed(2)}`)
    .join(", ");
}
