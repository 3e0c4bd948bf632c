/** Run by child.system.test.ts: starts a child of the bench, tells when that runs, and waits; the child knows nothing of its parent. */
import { startChild } from "../../bench/child.ts";

if (process.argv[2] === "child") process.send?.("running");
else process.send?.(await startChild("../test/bench/start-and-hang.ts", { args: ["child"] }).ask());
setInterval(() => {}, 60_000);
