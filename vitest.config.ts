import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Generous: what they wait for is a state, and a slow machine gets there later.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
