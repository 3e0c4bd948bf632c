import { describe, expect, it } from "vitest";
import { byteCache } from "../../src/platform/byte-cache.ts";

describe("a cache of buffers", () => {
  it("keeps what was used last, up to its size", () => {
    const cache = byteCache(10);
    for (const key of ["a", "b", "c"]) cache.set(key, Buffer.alloc(3));
    cache.get("a");
    cache.set("d", Buffer.alloc(4));
    expect(["a", "b", "c", "d"].filter((key) => cache.get(key) !== undefined)).toEqual(["a", "c", "d"]);
  });

  it("counts a replaced buffer once, and keeps none that is larger than itself", () => {
    const cache = byteCache(10);
    cache.set("a", Buffer.alloc(6));
    cache.set("a", Buffer.alloc(7));
    cache.set("b", Buffer.alloc(3));
    expect(cache.get("a")?.length).toBe(7);
    cache.set("c", Buffer.alloc(11));
    expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
  });
});
