import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { testOptions } from "./local-discord/test/test-kinds.ts";
import { LongestFirst } from "./test/longest-first.ts";
import { SlowestFiles } from "./test/slowest-files.ts";

// Workers and the processes that tests start find their modules compiled, which halves the time of a start.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

/** Runs the tests of the bot and those of the local Discord. */
export default defineConfig({
  test: {
    ...testOptions("{test,local-discord/test}"),
    sequence: { sequencer: LongestFirst },
    reporters: ["default", ...(process.env["GITHUB_ACTIONS"] ? ["github-actions"] : []), new SlowestFiles()],
  },
});
