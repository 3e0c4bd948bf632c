import { join } from "node:path";
import type { TestProjectInlineConfiguration, ViteUserConfig } from "vitest/config";

/** Test files run in parallel on two cores, by what the tests spend their time on. */
const MAX_COMPUTING_FILES = 2;
const MAX_WAITING_FILES = 4;

/** Suffixes of the file names of slower tests. A test without one of them is a unit test. */
const SLOW_KINDS = ["integration", "browser", "system"] as const;

interface SlowKind {
  maxWorkers: number;
  /** Projects with the same number run side by side; groups run one after another. */
  order: number;
  /** Modules that start what all tests of the kind share. */
  globalSetup?: string[];
}

/**
 * Returns Vitest's options for the tests in these folders, with one project for each kind of test: `npm test -- --project unit`.
 * @param folders glob of the folders, relative to the configuration file
 */
export function testOptions(folders: string): NonNullable<ViteUserConfig["test"]> {
  function slowKind(
    name: (typeof SLOW_KINDS)[number],
    { maxWorkers, order, globalSetup = [] }: SlowKind,
  ): TestProjectInlineConfiguration {
    return {
      extends: true,
      test: {
        name,
        include: [`${folders}/**/*.${name}.test.ts`],
        setupFiles: [join(import.meta.dirname, "discord-first.ts")],
        maxWorkers,
        globalSetup: globalSetup.map((path) => join(import.meta.dirname, path)),
        sequence: { groupOrder: order },
      },
    };
  }
  return {
    // Generous, because tests wait for a state, and a slow machine takes longer to get there.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Test files of one worker share loaded modules. Module state may only be a counter or a pool that no test can see.
    isolate: false,
    // Concurrent tests of one file, which mostly wait.
    maxConcurrency: 8,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.ts`],
          exclude: SLOW_KINDS.map((name) => `**/*.${name}.test.ts`),
          maxWorkers: MAX_COMPUTING_FILES,
          sequence: { groupOrder: 0 },
        },
      },
      slowKind("integration", { maxWorkers: MAX_WAITING_FILES, order: 1 }),
      slowKind("system", { maxWorkers: MAX_WAITING_FILES, order: 1 }),
      slowKind("browser", {
        maxWorkers: MAX_COMPUTING_FILES,
        order: 2,
        globalSetup: ["browser/chromium-server.ts", "page/page-bundle.ts"],
      }),
    ],
  };
}
