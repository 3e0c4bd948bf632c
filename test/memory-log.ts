import { createLog, type Log } from "../src/platform/log.ts";

export interface MemoryLog {
  log: Log;
  /** Returns everything logged so far. */
  logged: () => string;
  /** The same line by line; it grows. For tests that look often at a long log. */
  logLines: readonly string[];
}

export function memoryLog(): MemoryLog {
  const logLines: string[] = [];
  return {
    log: createLog({ level: "debug", out: { write: (line) => void logLines.push(line) } }),
    logged: () => logLines.join(""),
    logLines,
  };
}
