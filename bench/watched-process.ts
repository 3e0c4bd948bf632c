/** Runs the script that is named, a path from here, in a process that tells what it has used. */
import { answerParent } from "./child.ts";
import { cpuTimeOf, memoryOf } from "./used.ts";

answerParent(process, (what) => (what === "memory" ? memoryOf(process) : cpuTimeOf(process)));
await import(process.argv[2] ?? "");
