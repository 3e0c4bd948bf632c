import { readdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";

/** In which Linux counts the time of processes: https://man7.org/linux/man-pages/man7/time.7.html */
const TICKS_PER_SECOND = 100;

interface Process {
  parent: number;
  /** Seconds, also of those that it had started and that have ended. */
  time: number;
}

/** Seconds of CPU that each of these processes, with all that it has started, has used so far. Linux alone tells; else undefined. */
export async function cpuTimes(roots: readonly number[]): Promise<number[] | undefined> {
  const processes = await allProcesses();
  if (processes === undefined) return undefined;
  const timeOf = (pid: number): number => {
    const children = [...processes].filter(([, { parent }]) => parent === pid);
    return children.reduce((sum, [child]) => sum + timeOf(child), processes.get(pid)?.time ?? 0);
  };
  return roots.map(timeOf);
}

async function allProcesses(): Promise<Map<number, Process> | undefined> {
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return undefined;
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map(async (name) => [Number(name), await look(name)] as const),
  );
  return new Map(found.flatMap(([pid, process]) => (process === undefined ? [] : [[pid, process] as const])));
}

/** undefined when it has just ended. Fields as in https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function look(pid: string): Promise<Process | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field, the name, may hold spaces and brackets.
  const [, parent, ...fields] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const time = fields.slice(9, 13).reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
  return { parent: parent ?? 0, time };
}

/** Seconds that all cores together have worked so far, for whomever. */
export function busyTime(): number {
  return cpus().reduce(
    (sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1_000,
    0,
  );
}
