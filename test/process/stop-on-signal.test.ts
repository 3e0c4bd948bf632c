import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { stopOnSignal } from "../../src/process/stop-on-signal.ts";
import { memoryLog } from "../memory-log.ts";

function process({ deadline = 20_000 } = {}) {
  const host = new EventEmitter();
  const exit = vi.fn<(code?: number) => never>();
  const disposables = new AsyncDisposableStack();
  const { log, logged } = memoryLog();
  const onStop = vi.fn<() => void>();
  const stop = stopOnSignal(disposables, {
    host: Object.assign(host, { exit }) as never,
    log,
    deadline,
    onStop,
  });
  return { disposables, exit, logged, stop, onStop, signal: (name: string) => host.emit(name) };
}

describe("a process that is stopped", () => {
  it.each(["SIGTERM", "SIGINT"])(
    "disposes of its resources at %s, the last one first, and exits with 0",
    async (name) => {
      const { disposables, exit, signal } = process();
      const closed: string[] = [];
      for (const part of ["store", "queue", "bot"]) disposables.defer(async () => void closed.push(part));
      signal(name);
      await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0));
      expect(closed).toEqual(["bot", "queue", "store"]);
    },
  );

  it("reports at once that it stops, and waits until everything is closed", async () => {
    const { disposables, exit, onStop, signal } = process();
    const held = Promise.withResolvers<void>();
    disposables.defer(() => held.promise);
    signal("SIGTERM");
    expect(onStop).toHaveBeenCalledOnce();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(exit).not.toHaveBeenCalled();
    held.resolve();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0));
  });

  it("exits at once at a second signal", () => {
    const { disposables, exit, signal } = process();
    disposables.defer(() => new Promise(() => {}));
    signal("SIGINT");
    expect(exit).not.toHaveBeenCalled();
    signal("SIGINT");
    expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  });

  it("exits with 1 and says so when the deadline is over", async () => {
    const { disposables, exit, logged, signal } = process({ deadline: 10 });
    disposables.defer(() => new Promise(() => {}));
    signal("SIGTERM");
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1));
    expect(logged()).toContain("could not finish everything in time");
  });

  it("exits with 1 when something cannot be closed, after it has closed the rest", async () => {
    const { disposables, exit, logged, signal } = process();
    let closed = false;
    disposables.defer(() => void (closed = true));
    disposables.defer(() => Promise.reject(new Error("jobs were not done: 7")));
    signal("SIGTERM");
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(1));
    expect(closed).toBe(true);
    expect(logged()).toContain("jobs were not done: 7");
  });

  it("stops without a signal too, for a reason that it logs, and exits with 1", async () => {
    const { exit, logged, stop } = process();
    stop("the gateway closed the connection (4004)");
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(1));
    expect(logged()).toContain("stopping: the gateway closed the connection (4004)");
  });
});
