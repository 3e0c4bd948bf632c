import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most of them wait, for a queue's seconds or a process's start: more at a time than there are cores.
    maxWorkers: 3,
    // Generous: what they wait for is a state, and a slow machine gets there later.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
