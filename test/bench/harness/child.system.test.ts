import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe("a benchmark's child process", () => {
  it("ends with the benchmark, even if that is killed", async () => {
    const benchmark = fork(join(import.meta.dirname, "start-and-hang.ts"), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const [message]: unknown[] = await once(benchmark, "message");
    benchmark.kill("SIGKILL");
    // "close" is emitted once the child, which inherits standard error, has ended too.
    await once(benchmark, "close");

    expect(message).toBe("running");
  });
});
