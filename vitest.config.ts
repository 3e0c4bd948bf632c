import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most of them wait, for a queue's seconds or a process's start: two at a time, however few cores there are.
    maxWorkers: 2,
    // Generous: what they wait for is a state, and a slow machine gets there later.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
