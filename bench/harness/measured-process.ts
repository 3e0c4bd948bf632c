/** Runs the script with the given URL in a process that reports its memory ("memory") or CPU time ("cpu") on request. */
import { answerParent } from "./child.ts";
import { cpuMilliseconds, measureMemory } from "./process-usage.ts";

answerParent(process, (what) => (what === "memory" ? measureMemory(process) : cpuMilliseconds(process)));
// The script must not see its own URL among its arguments.
const [script = ""] = process.argv.splice(2, 1);
await import(script);
