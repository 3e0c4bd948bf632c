import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { SlowestFiles } from "./test/slowest-files.ts";

/** Test files at a time on two cores: of tests that compute, and of tests that mostly wait for queues or processes. */
const COMPUTING = 2;
const WAITING = 4;

/** Suffixes of the file names of the slower kinds; what has none of them is a unit test. */
const SLOWER = ["integration", "browser", "system"] as const;

// Workers and the processes that tests start find their modules compiled, which halves what a start costs.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

interface Kind {
  maxWorkers: number;
  /** Groups of projects run one after another. */
  order: number;
  /** Modules that start what all tests of the kind share. */
  globalSetup?: string[];
}

function kind(
  name: (typeof SLOWER)[number],
  { maxWorkers, order, globalSetup = [] }: Kind,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`{test,local-discord/test}/**/*.${name}.test.ts`],
      setupFiles: ["test/discord-first.ts"],
      maxWorkers,
      globalSetup,
      sequence: { groupOrder: order },
    },
  };
}

export default defineConfig({
  test: {
    reporters: ["default", ...(process.env["GITHUB_ACTIONS"] ? ["github-actions"] : []), new SlowestFiles()],
    // Generous: what they wait for is a state, and a slow machine gets there later.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // The files of one worker share loaded modules. Module state may only be a counter or a pool that no test can see.
    isolate: false,
    // Of one file; concurrent tests mostly wait.
    maxConcurrency: 8,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{test,local-discord/test}/**/*.test.ts"],
          exclude: SLOWER.map((name) => `**/*.${name}.test.ts`),
          maxWorkers: COMPUTING,
          sequence: { groupOrder: 0 },
        },
      },
      kind("integration", { maxWorkers: WAITING, order: 1 }),
      kind("system", { maxWorkers: WAITING, order: 1 }),
      kind("browser", {
        maxWorkers: COMPUTING,
        order: 2,
        globalSetup: ["test/end-to-end/chromium-server.ts", "local-discord/test/page/bundle.ts"],
      }),
    ],
  },
});
