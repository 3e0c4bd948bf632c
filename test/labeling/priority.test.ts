import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { imageStatusesSliced, prioritize, type ImageStatusOf } from "../../src/labeling/priority.ts";
import { HOTDOG_QUESTION, type Question } from "../../src/labeling/question.ts";
import { votesOf } from "./crowd.ts";

const HOTDOG = { ...HOTDOG_QUESTION, settleAt: 0.9 };
const CATS = { labels: ["cat", "dog", "neither"], settleAt: 0.9 };

/** @param rows "image person label" */
function statusesAfter(
  rows: string[],
  asker: string,
  question: Pick<Question, "labels" | "settleAt"> = HOTDOG,
): ImageStatusOf {
  const votes = votesOf(...rows);
  const score = runAtOnce(fitSliced(votes, question)).scorer(votes);
  return runAtOnce(imageStatusesSliced(votes, { score, settleAt: question.settleAt }))(asker);
}

/** Prioritizes the candidates for the asker. @param rows "image person label" */
function prioritized(
  candidates: string,
  rows: string[],
  asker = "nobody",
  question?: Pick<Question, "labels" | "settleAt">,
): string {
  return prioritize(candidates.split(" "), statusesAfter(rows, asker, question)).join(" ");
}

describe("labeling priority", () => {
  it("puts unanswered images first, then ties, then leads of one, and settled images last", () => {
    const tied = ["t1 k 0", "t1 m 1", "t2 k 1", "t2 m 0", "t3 k 1", "t3 m 0", "t4 k 0", "t4 m 1"];
    const rows = ["s k 1", "s m 1", "l k 1", ...tied];
    expect(prioritized("s l t1 t2 t3 t4 n", rows)).toBe("n t1 t2 t3 t4 l s");
  });

  it("treats an image with seven answers as settled, even if they are divided", () => {
    const seven = Array.from("0101010", (label, person) => `d p${person} ${label}`);
    expect(prioritized("d l", [...seven, "l k 1"])).toBe("l d");
  });

  it("puts images that the asker has answered behind other open images, and before settled ones", () => {
    const rows = ["mine k 1", "other m 1", "s r 0", "s q 0"];
    expect(prioritized("s mine other", rows, "k")).toBe("other mine s");
    expect(prioritized("s mine other", rows, "m")).toBe("mine other s");
  });

  it("goes by the margin between the first two of more than two labels", () => {
    const tied = ["t1 k 0", "t1 m 1", "t2 k 0", "t2 m 2", "t2 r 0", "t2 q 2", "t3 k 1", "t3 m 2"];
    const rows = ["s k 2", "s m 2", "l k 1", "l m 0", "l r 1", "t4 k 0", "t4 m 1", "t4 r 2", ...tied];
    expect(prioritized("s l t1 t2 t3 t4 n", rows, "nobody", CATS)).toBe("n t1 t2 t3 t4 l s");
  });

  it("counts an answer that is not sure as an answer", () => {
    const rows = ["mine k unsure", "other m unsure", "s r 0", "s q 0"];
    for (const question of [HOTDOG, CATS]) {
      expect(prioritized("s mine other n", rows, "k", question)).toBe("n other mine s");
      const statusOf = statusesAfter(rows, "k", question);
      expect(statusOf("mine")).toMatchObject({ answers: 1, settled: false, answeredByAsker: true });
    }
  });

  it("keeps the order of the candidates among unanswered and among settled images", () => {
    expect(prioritized("d a c b", [])).toBe("d a c b");
    const rows = ["a", "b", "c"].flatMap((image) => [`${image} k 1`, `${image} m 1`]);
    expect(prioritized("c a b", rows, "k")).toBe("c a b");
  });

  it("keeps the order of the candidates within the least certain quarter", () => {
    const images = Array.from({ length: 40 }, (_, index) => `i${index}`);
    // Certainty decreases along the list.
    const statusOf = (image: string) => {
      const margin = 0.8 - Number(image.slice(1)) / 50;
      return { answers: 1, settled: false, answeredByAsker: false, margin };
    };
    const first = prioritize(images, statusOf);
    const other = prioritize(images.toReversed(), statusOf);
    expect(first.slice(0, 10)).toEqual(images.slice(30));
    expect(other.slice(0, 10)).toEqual(images.slice(30).toReversed());
  });

  it("returns every candidate once, settled ones last, and is deterministic", () => {
    const row = fc
      .tuple(
        fc.constantFrom("a", "b", "c", "d", "e"),
        fc.constantFrom("k", "m", "r", "q"),
        fc.constantFrom(0, 1),
      )
      .map((parts) => parts.join(" "));
    const candidates = fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"]);
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 40 }),
        candidates,
        fc.constantFrom("k", "x"),
        (rows, names, asker) => {
          const statusOf = statusesAfter(rows, asker);
          const found = prioritize(names, statusOf);
          expect(found.toSorted()).toEqual(names.toSorted());
          const settled = found.map((image) => statusOf(image).settled);
          expect(settled).toEqual(settled.toSorted((a, b) => Number(a) - Number(b)));
          expect(prioritize(names, statusesAfter(rows, asker))).toEqual(found);
        },
      ),
    );
  });
});
