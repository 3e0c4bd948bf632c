import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { PeerTable } from "./table.ts";

// Processes that tests start find their modules compiled.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "../node_modules/.cache/compiled");

export default defineConfig({
  cacheDir: join(import.meta.dirname, "../node_modules/.vite"),
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    // Generous, because tests wait for a state.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One peer at a time, because each starts several processes.
    fileParallelism: false,
    globalSetup: [join(import.meta.dirname, "../local-discord/test/browser/chromium-server.ts")],
    reporters: ["default", new PeerTable()],
  },
});
