/** Runs the script with the given URL in a process that reports its memory ("memory") or CPU time ("cpu") on request. */
import { answerParent } from "./child.ts";
import { cpuMilliseconds, measureMemory } from "./process-usage.ts";

answerParent(process, (what) => (what === "memory" ? measureMemory(process) : cpuMilliseconds(process)));
await import(process.argv[2] ?? "");
