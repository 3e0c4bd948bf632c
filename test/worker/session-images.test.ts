import { describe, expect, it } from "vitest";
import { sessionImages } from "../../src/worker/labeling-alone/session-images.ts";

const names = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(64, "0"));

const SAMPLE = names(0, 1_000);
const ALL = names(0, 2_500);
const SESSION = "1573801018263601152";

function imagesOf(sample: string[], all: string[]) {
  return sessionImages({ candidates: async () => sample, all: async () => all });
}

describe("the images of a session", () => {
  it("are of the sample as long as any of it needs answers, and then of the rest", async () => {
    const images = imagesOf(SAMPLE, ALL);
    const answered = new Set(SAMPLE.slice(1));
    const choose = (among: readonly string[]): string[] => among.filter((name) => !answered.has(name));
    expect(await images.toAnswer(SESSION, choose)).toEqual(SAMPLE.slice(0, 1));
    for (const name of SAMPLE) answered.add(name);
    const seen = new Set<string>();
    for (;;) {
      const found = await images.toAnswer(SESSION, choose);
      if (found.length === 0) break;
      for (const name of found) {
        seen.add(name);
        answered.add(name);
      }
    }
    expect([...seen].toSorted()).toEqual(ALL.slice(1_000));
    expect(await images.hasImages(SESSION)).toBe(true);
  });

  it("of a small project are not listed twice", async () => {
    const images = sessionImages({
      candidates: async () => names(0, 3),
      all: () => Promise.reject(new Error("listed")),
    });
    expect(await images.toAnswer(SESSION, () => [])).toEqual([]);
  });

  it("go on with what was shown before the person went back", () => {
    const images = imagesOf([], []);
    images.remember(SESSION, { labeler: "ann", shown: "b", next: "c" });
    expect(images.after(SESSION, "b")).toBe("c");
    expect(images.after(SESSION, "a")).toBe("b");
    expect(images.after("another", "a")).toBeUndefined();
  });

  it("that other windows of the same person show are known until those end", () => {
    const images = imagesOf([], []);
    images.remember("1", { labeler: "ann", shown: "a", next: undefined });
    images.remember("2", { labeler: "ann", shown: "b", next: undefined });
    images.remember("3", { labeler: "bob", shown: "c", next: undefined });
    expect([...images.shownElsewhere("1", "ann")]).toEqual(["b"]);
    images.end("2");
    expect([...images.shownElsewhere("1", "ann")]).toEqual([]);
  });
});
