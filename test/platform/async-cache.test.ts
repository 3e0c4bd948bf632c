import { describe, expect, it, vi } from "vitest";
import { asyncCache } from "../../src/platform/async-cache.ts";

type Options = NonNullable<Parameters<typeof asyncCache>[0]>;

/** A cache with a fake clock. Its work takes 10 ms on that clock and returns the number of the run. */
function setup(options: Options) {
  let time = 1_000;
  let runs = 0;
  return {
    cache: asyncCache<number>({ now: () => time, ...options }),
    work: async (): Promise<number> => {
      const run = (runs += 1);
      time += 10;
      await Promise.resolve();
      return run;
    },
    advance: (milliseconds: number) => void (time += milliseconds),
  };
}

/** Work that ends when the test settles it, with one promise for each run. */
function heldWork() {
  const runs: PromiseWithResolvers<string>[] = [];
  const work = (): Promise<string> => {
    const run = Promise.withResolvers<string>();
    runs.push(run);
    return run.promise;
  };
  return { runs, work };
}

describe("an async cache", () => {
  it("runs work once per key for all calls while it is in progress", async () => {
    const { cache, work } = setup({});
    const [first, second, other] = [cache.load("a", work), cache.load("a", work), cache.load("b", work)];
    expect(first).toBe(second);
    expect(await Promise.all([first, second, other])).toEqual([1, 1, 2]);
  });

  it("keeps nothing without a lifetime", async () => {
    const { cache, work } = setup({});
    expect(await cache.load("a", work)).toBe(1);
    expect(await cache.load("a", work)).toBe(2);
  });

  it("keeps a result for a fixed lifetime after its work has ended", async () => {
    const { cache, work, advance } = setup({ lifetime: 100 });
    expect(await cache.load("a", work)).toBe(1);
    advance(99);
    expect(await cache.load("a", work)).toBe(1);
    expect(await cache.load("b", work)).toBe(2);
    expect(await cache.load("a", work)).toBe(3);
  });

  it("keeps a result forever if its lifetime is infinite", async () => {
    const { cache, work, advance } = setup({ lifetime: Number.POSITIVE_INFINITY });
    await cache.load("a", work);
    advance(1e12);
    expect(await cache.load("a", work)).toBe(1);
  });

  it("keeps a result for a multiple of the time that its work took, up to the maximum", async () => {
    const { cache, work, advance } = setup({ lifetime: { times: 4, max: 100 } });
    await cache.load("a", work);
    advance(39);
    expect(await cache.load("a", work)).toBe(1);
    advance(1);
    expect(await cache.load("a", work)).toBe(2);
    const slow = async (): Promise<number> => {
      advance(1_000);
      return 7;
    };
    expect(await cache.load("slow", slow)).toBe(7);
    advance(99);
    expect(await cache.load("slow", work)).toBe(7);
    advance(1);
    expect(await cache.load("slow", work)).toBe(3);
  });

  it("runs the work again at once after a failure", async () => {
    const { cache, work } = setup({ lifetime: 100 });
    await expect(cache.load("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await cache.load("a", work)).toBe(1);
  });

  it("keeps a failure for its own lifetime", async () => {
    const { cache, work, advance } = setup({ lifetime: Number.POSITIVE_INFINITY, failureLifetime: 100 });
    await expect(cache.load("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    advance(99);
    await expect(cache.load("a", work)).rejects.toThrow("away");
    advance(1);
    expect(await cache.load("a", work)).toBe(1);
    advance(1_000);
    expect(await cache.load("a", work)).toBe(1);
  });
});

describe("discarding a cached result", () => {
  it("runs the work again, even if it is in progress, and keeps other keys", async () => {
    const { cache, work } = setup({ lifetime: 60_000 });
    await cache.load("b", work);
    const early = cache.load("a", work);
    cache.forget((key) => key === "a");
    expect(await cache.load("a", work)).toBe(3);
    expect(await early).toBe(2);
    expect(await cache.load("a", work)).toBe(3);
    expect(await cache.load("b", work)).toBe(1);
  });

  it("does not shorten the lifetime of the next result", async () => {
    vi.useFakeTimers();
    try {
      let runs = 0;
      const cache = asyncCache<number>({ lifetime: 100 });
      const work = async (): Promise<number> => (runs += 1);
      await cache.load("a", work);
      vi.advanceTimersByTime(60);
      cache.forget(() => true);
      await cache.load("a", work);
      vi.advanceTimersByTime(60);
      expect(await cache.load("a", work)).toBe(2);
      vi.advanceTimersByTime(60);
      expect(await cache.load("a", work)).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps the next result when the discarded work fails", async () => {
    const cache = asyncCache<string>({ lifetime: 60_000 });
    const { runs, work } = heldWork();
    const first = cache.load("a", work);
    cache.forget(() => true);
    const second = cache.load("a", work);
    runs[0]?.reject(new Error("too late"));
    await expect(first).rejects.toThrow("too late");
    runs[1]?.resolve("read");
    expect(await second).toBe("read");
    expect(await cache.load("a", work)).toBe("read");
  });
});

describe('an async cache that shares the "next" run', () => {
  it("gives calls during a run the result of one more run, started after it", async () => {
    const cache = asyncCache<string>({ share: "next" });
    const { runs, work } = heldWork();
    const first = cache.load("a", work);
    const [second, third] = [cache.load("a", work), cache.load("a", work)];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve("first");
    expect(await first).toBe("first");
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    runs[1]?.resolve("second");
    expect(await Promise.all([second, third])).toEqual(["second", "second"]);
    expect(runs).toHaveLength(2);
  });

  it("starts the next run even if the one before it fails", async () => {
    const cache = asyncCache<string>({ share: "next" });
    const { runs, work } = heldWork();
    const first = cache.load("a", work);
    const second = cache.load("a", work);
    runs[0]?.reject(new Error("away"));
    await expect(first).rejects.toThrow("away");
    runs[1]?.resolve("second");
    expect(await second).toBe("second");
  });

  it("never runs twice at a time when a call comes just as a run ends", async () => {
    const cache = asyncCache<string>({ share: "next" });
    const { runs, work } = heldWork();
    const between = cache.load("a", work).then(() => cache.load("a", work));
    const waiting = cache.load("a", work);
    runs[0]?.resolve("first");
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    runs[1]?.resolve("second");
    expect(await Promise.all([between, waiting])).toEqual(["second", "second"]);
    expect(runs).toHaveLength(2);
  });
});
