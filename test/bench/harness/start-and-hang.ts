/** Run by child.system.test.ts: starts itself as a benchmark's child, reports when that is running, and waits. */
import { startChild } from "../../../bench/harness/child.ts";

if (process.argv[2] === "child") process.send?.("running");
else process.send?.(await startChild(new URL(import.meta.url), { args: ["child"] }).ask());
setInterval(() => {}, 60_000);
