import { readdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { cpuUsage } from "node:process";

/** The number of process kinds that `describeCores` lists. */
const MAX_LISTED_KINDS = 4;

/** The average number of cores in use. */
export interface CoresInUse {
  /** By all processes of the machine. */
  all: number;
  /** By each kind of process, with this process as `sender`. Empty on systems other than Linux. */
  byKind: Record<string, number>;
}

/**
 * Starts counting the cores in use. The resolved function returns the average since then.
 * @param processes kinds and ids of processes; processes that they start are included
 */
export async function countCores(
  processes: readonly (readonly [kind: string, pid: number])[],
): Promise<() => Promise<CoresInUse>> {
  const sample = async (): Promise<{ at: number; all: number; own: number; times: number[] | undefined }> => {
    const { user, system } = cpuUsage();
    const times = await cpuSeconds(processes.map(([, pid]) => pid));
    return { at: performance.now() / 1_000, all: busySeconds(), own: (user + system) / 1e6, times };
  };
  const before = await sample();
  return async () => {
    const after = await sample();
    const elapsed = after.at - before.at;
    const byKind: Record<string, number> = {};
    if (after.times !== undefined) byKind["sender"] = (after.own - before.own) / elapsed;
    after.times?.forEach((time, index) => {
      const [kind = ""] = processes[index] ?? [];
      byKind[kind] = (byKind[kind] ?? 0) + (time - (before.times?.[index] ?? 0)) / elapsed;
    });
    return { all: (after.all - before.all) / elapsed, byKind };
  };
}

/** Lists the kinds of processes that use most cores; `others` do not belong to the benchmark. */
export function describeCores({ all, byKind }: CoresInUse): string {
  const shares = Object.entries(byKind);
  if (shares.length === 0) return "";
  const others = all - shares.reduce((sum, [, cores]) => sum + cores, 0);
  return [...shares, ["others", others] as const]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MAX_LISTED_KINDS)
    .map(([kind, cores]) => `${kind} ${cores.toFixed(2)}`)
    .join(", ");
}

/** The unit of process times on Linux: https://man7.org/linux/man-pages/man7/time.7.html */
const TICKS_PER_SECOND = 100;

interface ProcessTime {
  parent: number;
  /** CPU seconds, including those of ended children. */
  seconds: number;
}

/** CPU seconds that each process and its descendants have used so far. Undefined on systems other than Linux. */
async function cpuSeconds(roots: readonly number[]): Promise<number[] | undefined> {
  const processes = await readProcesses();
  if (processes === undefined) return undefined;
  const secondsOf = (pid: number): number => {
    const children = [...processes].filter(([, { parent }]) => parent === pid);
    return children.reduce((sum, [child]) => sum + secondsOf(child), processes.get(pid)?.seconds ?? 0);
  };
  return roots.map(secondsOf);
}

async function readProcesses(): Promise<Map<number, ProcessTime> | undefined> {
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return undefined;
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => [Number(name), await readProcess(name)] as const),
  );
  return new Map(found.flatMap(([pid, process]) => (process === undefined ? [] : [[pid, process] as const])));
}

/**
 * Reads the CPU time of a process. Undefined if it has just ended.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
async function readProcess(pid: string): Promise<ProcessTime | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field, the name, may contain spaces and parentheses.
  const [, parent, ...fields] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const seconds = fields.slice(9, 13).reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
  return { parent: parent ?? 0, seconds };
}

/** Seconds that all cores of the machine have been busy so far. */
function busySeconds(): number {
  return cpus().reduce(
    (sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1_000,
    0,
  );
}
