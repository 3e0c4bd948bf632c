import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { endWithReader } from "../../src/cli/end-with-reader.ts";

function host() {
  const stdout = new EventEmitter();
  const exit = vi.fn<(code?: number) => never>();
  endWithReader({ stdout, exit } as unknown as NodeJS.Process);
  const fail = (code: string) => stdout.emit("error", Object.assign(new Error(code), { code }));
  return { exit, fail };
}

describe("a command that cannot write to its standard output", () => {
  it("ends as SIGPIPE would end it when its reader has gone", () => {
    const { exit, fail } = host();
    fail("EPIPE");
    expect(exit).toHaveBeenCalledExactlyOnceWith(141);
  });

  it("fails for any other reason", () => {
    const { exit, fail } = host();
    expect(() => fail("ENOSPC")).toThrow("ENOSPC");
    expect(exit).not.toHaveBeenCalled();
  });
});
