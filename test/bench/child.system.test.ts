import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe("a child of the bench", () => {
  it("ends with the bench, also when that is killed", async () => {
    const bench = fork(join(import.meta.dirname, "start-and-hang.ts"), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const [told]: unknown[] = await once(bench, "message");
    bench.kill("SIGKILL");
    // Comes when nobody holds its standard error any more, which the child has from it.
    await once(bench, "close");

    expect(told).toBe("running");
  });
});
