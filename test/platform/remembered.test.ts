import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { remembered } from "../../src/platform/remembered.ts";

/** A reading that tells how often it was made. */
function counted(lifetime: number) {
  let readings = 0;
  return remembered(lifetime, async (key) => {
    readings += 1;
    const mine = readings;
    await setTimeout(1);
    if (key === "bad") throw new Error(`reading ${mine}`);
    return `${key} ${mine}`;
  });
}

describe("what is remembered", () => {
  it("is read once for all who ask while it is read, and after", async () => {
    const reading = counted(60_000);
    expect(await Promise.all([reading.of("a"), reading.of("a"), reading.of("b")])).toEqual([
      "a 1",
      "a 1",
      "b 2",
    ]);
    expect(await reading.of("a")).toBe("a 1");
  });

  it("is read again when it was forgotten, also while it was being read, and nothing else is", async () => {
    const reading = counted(60_000);
    await reading.of("b");
    const early = reading.of("a");
    reading.forget((key) => key === "a");
    expect(await reading.of("a")).toBe("a 3");
    expect(await early).toBe("a 2");
    expect(await reading.of("a")).toBe("a 3");
    expect(await reading.of("b")).toBe("b 1");
  });

  it("is read again after its time", async () => {
    const reading = counted(5);
    expect(await reading.of("a")).toBe("a 1");
    await expect.poll(() => reading.of("a")).toBe("a 2");
  });

  it("is not forgotten when the time of what was forgotten is over", async () => {
    vi.useFakeTimers();
    try {
      let readings = 0;
      const reading = remembered(100, async () => (readings += 1));
      await reading.of("a");
      vi.advanceTimersByTime(60);
      reading.forget(() => true);
      await reading.of("a");
      vi.advanceTimersByTime(60);
      expect(await reading.of("a")).toBe(2);
      vi.advanceTimersByTime(60);
      expect(await reading.of("a")).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is not forgotten when what was forgotten could not be read", async () => {
    const reads: PromiseWithResolvers<string>[] = [];
    const reading = remembered(60_000, () => {
      const read = Promise.withResolvers<string>();
      reads.push(read);
      return read.promise;
    });
    const first = reading.of("a");
    reading.forget(() => true);
    const second = reading.of("a");
    reads[0]?.reject(new Error("too late"));
    await expect(first).rejects.toThrow("too late");
    reads[1]?.resolve("read");
    expect(await second).toBe("read");
    expect(await reading.of("a")).toBe("read");
  });

  it("is read again where it could not be", async () => {
    const reading = counted(60_000);
    await expect(reading.of("bad")).rejects.toThrow("reading 1");
    await expect(reading.of("bad")).rejects.toThrow("reading 2");
  });
});
