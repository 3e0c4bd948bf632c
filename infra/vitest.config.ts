import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/folder.ts",
    // In one process: to load the CDK takes longer than most tests.
    isolate: false,
    maxWorkers: 1,
    // Generous: one installs the production packages, and a slow machine gets there later.
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
