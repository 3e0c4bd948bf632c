import { describe, expect, it } from "vitest";
import { seeded } from "../../src/platform/seeded.ts";
import {
  formatRing,
  hasTurn,
  nextStep,
  parseRing,
  ringAfter,
  writerName,
  type Ring,
} from "../../src/append-log/ring.ts";

const PUT_MS = 60;
/** A version that became visible at 1,000 ms and was seen at once. */
const SEEN = { since: 1_000, seen: 1_000, putTime: PUT_MS };
const abc: Ring = { commits: 17, members: ["a", "b", "c"] };

describe("the note of a version", () => {
  it("names the writers in the order of their turns", () => {
    expect(formatRing(abc)).toBe("17 a,b,c");
    expect(parseRing("17 a,b,c")).toEqual(abc);
    expect(parseRing(formatRing({ commits: 3, members: [] }))).toEqual({ commits: 3, members: [] });
  });

  it.each([undefined, "", "a,b", "1 A", "1 a,,b", "1 a b", "-1 a", "1 ", "1e9 a", `1 ${"a,".repeat(100)}b`])(
    "is no ring if it is unreadable (%#)",
    (note) => {
      expect(parseRing(note)).toBeUndefined();
    },
  );

  it("has room for the names of 100 writers", () => {
    const random = seeded(1);
    let ring: Ring = { commits: 999_999_999_999, members: [] };
    for (let count = 0; count < 120; count += 1)
      ring = { ...ringAfter(ring, writerName(random), 2), commits: ring.commits };
    const note = formatRing(ring);
    expect(ring.members).toHaveLength(100);
    expect(note.length).toBeLessThanOrEqual(1_000);
    expect(parseRing(note)).toEqual(ring);
  });
});

describe("a commit", () => {
  it("moves its writer to the end, and drops those that it has overtaken", () => {
    expect(ringAfter(abc, "a", 2)).toEqual({ commits: 18, members: ["b", "c", "a"] });
    expect(ringAfter(abc, "b", 2)).toEqual({ commits: 18, members: ["c", "b"] });
    expect(ringAfter(abc, "c", 2)).toEqual({ commits: 18, members: ["c"] });
  });

  it("adds a newcomer, which overtakes nobody", () => {
    expect(ringAfter(abc, "d", 2)).toEqual({ commits: 18, members: ["a", "b", "c", "d"] });
    expect(ringAfter(undefined, "d", 2)).toEqual({ commits: 1, members: ["d"] });
  });

  it("of a single row takes its writer out", () => {
    expect(ringAfter(abc, "a", 1)).toEqual({ commits: 18, members: ["b", "c"] });
    expect(ringAfter(abc, "d", 1)).toEqual({ commits: 18, members: ["a", "b", "c"] });
  });
});

describe("a writer with rows", () => {
  const step = (writer: string, now: number, ring: Ring | undefined = abc, seen = now): "put" | number =>
    nextStep(ring, writer, { ...SEEN, now, seen });

  it("commits at once if it is alone, and if the ring is empty or missing", () => {
    expect(nextStep(undefined, "a", { ...SEEN, now: 9_000 })).toBe("put");
    expect(step("a", 9_000, { commits: 8, members: [] }, 0)).toBe("put");
    expect(step("a", 9_000, { commits: 8, members: ["a"] }, 0)).toBe("put");
  });

  it("commits at once if it is the first or a newcomer, but looks first if it has not for one PUT time", () => {
    for (const writer of ["a", "d"]) {
      expect(step(writer, 1_000)).toBe("put");
      expect(step(writer, 1_100, abc, 1_041)).toBe("put");
      expect(step(writer, 1_100, abc, 1_040)).toBe(1_100);
    }
  });

  it("waits for those before it, and looks from the time on when their commits may be there", () => {
    expect(step("b", 1_000)).toBe(1_018);
    expect(step("c", 1_000)).toBe(1_042);
    expect(step("b", 1_050, abc, 1_049)).toBe(1_059);
    expect(step("b", 1_175)).toBe(1_180);
    expect(step("b", 1_179, abc, 1_179)).toBe(1_180);
    expect(step("b", 1_180)).toBe("put");
    expect(step("c", 1_239, abc, 1_000)).toBe(1_042);
    expect(step("c", 1_240)).toBe("put");
  });

  it("waits for nobody after eight PUT times, however many are before it", () => {
    const many = { commits: 1, members: [...Array<string>(50).fill("x"), "a"] };
    expect(step("a", 1_479, many)).toBe(1_480);
    expect(step("a", 1_480, many)).toBe("put");
  });

  it("holds back for one PUT time at every eighth version, unless it is a newcomer", () => {
    const open = { ...abc, commits: 16 };
    expect(step("a", 1_059, open)).toBe(1_060);
    expect(step("a", 1_060, open)).toBe("put");
    expect(step("b", 1_239, open)).toBe(1_240);
    expect(step("d", 1_000, open)).toBe("put");
  });

  it("has a turn only in a ring with others", () => {
    expect(hasTurn(abc, "b")).toBe(true);
    expect(hasTurn(abc, "d")).toBe(false);
    expect(hasTurn({ commits: 1, members: ["b"] }, "b")).toBe(false);
    expect(hasTurn(undefined, "b")).toBe(false);
  });
});
