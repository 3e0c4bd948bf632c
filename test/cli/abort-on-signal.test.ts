import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { abortOnSignal } from "../../src/cli/abort-on-signal.ts";

function started() {
  const host = new EventEmitter();
  const exit = vi.fn<(code?: number) => never>();
  let now = 10_000;
  const signal = abortOnSignal(Object.assign(host, { exit }) as never, () => now);
  const receive = (name: NodeJS.Signals, after = 0): void => {
    now += after;
    host.emit(name);
  };
  return { signal, exit, receive };
}

describe("a command that can be broken off", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends what it does at %s", (name) => {
    const { signal, exit, receive } = started();
    expect(signal.aborted).toBe(false);
    receive(name);
    expect(signal.aborted).toBe(true);
    expect(exit).not.toHaveBeenCalled();
  });

  it("takes a signal that npm passes on as well for one", () => {
    const { exit, receive } = started();
    receive("SIGINT");
    receive("SIGINT", 500);
    expect(exit).not.toHaveBeenCalled();
  });

  it.each(["SIGINT", "SIGTERM"] as const)("exits as it stands at %s after that", (name) => {
    const { exit, receive } = started();
    receive("SIGINT");
    receive(name, 501);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  });
});
