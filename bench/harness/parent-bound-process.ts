/** Runs the given script as if it had been started directly, in a process that ends with its parent. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

process.once("disconnect", () => process.exit());
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1] ?? "")).href);
