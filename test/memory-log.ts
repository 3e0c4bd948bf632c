import { createLog, type Log } from "../src/platform/log.ts";

/** Makes a log, and a function that returns everything logged so far. */
export function memoryLog(): { log: Log; logged: () => string } {
  let lines = "";
  return {
    log: createLog({ level: "debug", out: { write: (line) => void (lines += line) } }),
    logged: () => lines,
  };
}
