import { describe, expect, it } from "vitest";
import { goldTurn, type FirstAnswer } from "../../src/labeling/gold-turns.ts";

const SESSION = "1000";
const gold = (count: number): string[] => Array.from({ length: count }, (_, index) => `gold ${index}`);

/** What one session shows. */
interface Shown {
  image: string;
  isGold: boolean;
}

interface Simulated {
  labeler?: string;
  gold: string[];
  others: number;
  /** Whether the person skips an image, by the number of images shown before. */
  skips?: (shown: number) => boolean;
  /** Answers of before the session. */
  before?: FirstAnswer[];
}

/** Shows a person images until nothing is left that is not gold, or until a number of images. */
function simulate({ labeler = "ann", gold, others, skips, before = [] }: Simulated, limit = 1_000): Shown[] {
  const shown: Shown[] = [];
  const answered = [...before];
  const left = Array.from({ length: others }, (_, index) => `image ${index}`);
  let skipped = 0;
  while (left.length > 0 && shown.length < limit) {
    const isGold = (image: string): boolean => image.startsWith("gold");
    const turn = goldTurn({ labeler, session: SESSION, skips: skipped, answered, isGold, gold });
    if (turn.skippedOthers >= left.length) {
      skipped = 0;
      continue;
    }
    const [check] = turn.images;
    const image = check ?? left[turn.skippedOthers] ?? "";
    shown.push({ image, isGold: check !== undefined });
    if (skips?.(shown.length - 1) === true) skipped += 1;
    else {
      answered.push({ image, id: 1_001n + BigInt(shown.length) });
      if (check === undefined) left.splice(left.indexOf(image), 1);
    }
  }
  return shown;
}

const images = (shown: readonly Shown[]): string[] => shown.map(({ image }) => image);

/** Number of gold images in each block of this size. */
function perBlock(shown: readonly Shown[], size: number): number[] {
  const counts: number[] = [];
  for (let start = 0; start + size <= shown.length; start += size)
    counts.push(shown.slice(start, start + size).filter(({ isGold }) => isGold).length);
  return counts;
}

describe("gold images", () => {
  it("come once in 5 images until a person has answered 10, then once in 20, and never twice", () => {
    const shown = simulate({ gold: gold(60), others: 1_000 }, 450);
    const tenth = shown.findIndex(
      (_, index) => shown.slice(0, index + 1).filter((each) => each.isGold).length === 10,
    );
    expect(perBlock(shown.slice(0, 45), 5)).toEqual(Array.from({ length: 9 }, () => 1));
    expect(tenth).toBeGreaterThanOrEqual(45);
    expect(tenth).toBeLessThan(50);
    expect(perBlock(shown.slice(tenth + 1), 20)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(new Set(images(shown)).size).toBe(shown.length);
  });

  it("come at turns that differ from person to person and from block to block", () => {
    const turns = (labeler: string): number[] =>
      simulate({ labeler, gold: gold(9), others: 100 }, 45).flatMap(({ isGold }, index) =>
        isGold ? [index % 5] : [],
      );
    expect(new Set(turns("ann")).size).toBeGreaterThan(2);
    expect(turns("ann")).not.toEqual(turns("bob"));
    expect(turns("ann")).toEqual(turns("ann"));
  });

  it("that were answered before are not shown, but count", () => {
    const before = gold(10).map((image, index) => ({ image, id: BigInt(index + 1) }));
    const shown = simulate({ gold: gold(14), others: 200, before }, 80);
    expect(perBlock(shown, 20)).toEqual([1, 1, 1, 1]);
    expect(images(shown).filter((image) => before.some((answer) => answer.image === image))).toEqual([]);
  });

  it("that are all answered make room for others", () => {
    const shown = simulate({ gold: gold(2), others: 50 });
    expect(shown.filter(({ isGold }) => isGold)).toHaveLength(2);
    expect(new Set(images(shown)).size).toBe(52);
  });

  it("and other images that are skipped return only after all others", () => {
    const shown = images(simulate({ gold: gold(8), others: 40, skips: (count) => count < 30 }));
    // 30 are skipped, then the rest is answered, and then those return.
    const all = gold(8).length + 40;
    expect(new Set(shown.slice(0, all)).size).toBe(all);
    expect(new Set(shown.slice(all)).isSubsetOf(new Set(shown.slice(0, 30)))).toBe(true);
    expect(shown.slice(all).filter((image) => image.startsWith("image"))).toEqual(
      shown.slice(0, 30).filter((image) => image.startsWith("image")),
    );
  });

  it("that are skipped now and then return only after all others", () => {
    const shown = images(simulate({ gold: gold(9), others: 100, skips: (count) => count % 3 === 0 }));
    const firstAgain = shown.findIndex((image, index) => shown.indexOf(image) < index);
    expect(new Set(shown.slice(0, firstAgain)).size).toBe(109);
  });

  it("keep their turns when others are skipped, also beyond the tenth", () => {
    const plain = simulate({ gold: gold(14), others: 200 }, 150);
    const isGold = plain.map((each) => each.isGold);
    const skips = (count: number): boolean => isGold[count] === false && count % 2 === 0;
    const shown = simulate({ gold: gold(14), others: 200, skips }, 150);
    expect(shown.map((each) => each.isGold)).toEqual(isGold);
    expect(new Set(images(shown)).size).toBe(150);
  });
});
