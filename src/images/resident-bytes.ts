import { readFileSync } from "node:fs";

/**
 * The bytes of memory that a process has at this moment; undefined where the system has no `/proc`, and when the process
 * has ended. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export function residentBytes(pid: number): number | undefined {
  try {
    // Synchronously: this takes some 20 µs, and another turn of the loop would be a look at the past.
    const { kilobytes } = /^VmRSS:\s+(?<kilobytes>\d+) kB$/m.exec(
      readFileSync(`/proc/${pid}/status`, "latin1"),
    )?.groups ?? { kilobytes: undefined };
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}
