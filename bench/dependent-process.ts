/** Runs the script that is named, as if it had been started itself, in a process that ends with its parent, however that ends. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

process.once("disconnect", () => process.exit());
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1] ?? "")).href);
