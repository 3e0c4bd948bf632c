import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dawidSkene, THIN_DATA } from "../../src/labeling/dawid-skene.ts";
import { prioritize } from "../../src/labeling/priority.ts";
import { imageStatuses } from "../../src/labeling/image-status.ts";
import { votesOf } from "./crowd.ts";

/** Of these rows, "image person label" each, for this person. */
function ordered(candidates: string, rows: string[], asker = "nobody"): string {
  const votes = votesOf(...rows);
  return prioritize(candidates.split(" "), imageStatuses(votes, dawidSkene(votes, THIN_DATA))(asker)).join(
    " ",
  );
}

describe("needed first", () => {
  it("is what nobody has answered, then a tie, then a lead of one, and last what is settled", () => {
    const tied = ["t1 k 0", "t1 m 1", "t2 k 1", "t2 m 0", "t3 k 1", "t3 m 0", "t4 k 0", "t4 m 1"];
    const rows = ["s k 1", "s m 1", "l k 1", ...tied];
    expect(ordered("s l t1 t2 t3 t4 n", rows)).toBe("n t1 t2 t3 t4 l s");
  });

  it("is not what has seven answers, however they are divided", () => {
    const seven = Array.from("0101010", (label, person) => `d p${person} ${label}`);
    expect(ordered("d l", [...seven, "l k 1"])).toBe("l d");
  });

  it("passes over what the asker has answered, but not for what is settled", () => {
    const rows = ["mine k 1", "other m 1", "s r 0", "s q 0"];
    expect(ordered("s mine other", rows, "k")).toBe("other mine s");
    expect(ordered("s mine other", rows, "m")).toBe("mine other s");
  });

  it("is the order of the candidates among those nobody has answered, and where all is settled", () => {
    expect(ordered("d a c b", [])).toBe("d a c b");
    const rows = ["a", "b", "c"].flatMap((image) => [`${image} k 1`, `${image} m 1`]);
    expect(ordered("c a b", rows, "k")).toBe("c a b");
  });

  it("is another choice of the least certain quarter for each round", () => {
    const images = Array.from({ length: 40 }, (_, index) => `i${index}`);
    // The later in the list, the less certain.
    const statusOf = (image: string) => {
      const probability = 0.9 - Number(image.slice(1)) / 100;
      return { answers: 1, settled: false, byAsker: false, probability };
    };
    const first = prioritize(images, statusOf);
    const other = prioritize(images.toReversed(), statusOf);
    expect(first.slice(0, 10)).toEqual(images.slice(30));
    expect(other.slice(0, 10)).toEqual(images.slice(30).toReversed());
  });

  it("has every candidate once, nothing settled before what is not, and is the same each time", () => {
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
          const votes = votesOf(...rows);
          const statusOf = imageStatuses(votes, dawidSkene(votes, THIN_DATA))(asker);
          const found = prioritize(names, statusOf);
          expect(found.toSorted()).toEqual(names.toSorted());
          const settled = found.map((image) => statusOf(image).settled);
          expect(settled).toEqual(settled.toSorted((a, b) => Number(a) - Number(b)));
          expect(prioritize(names, imageStatuses(votes, dawidSkene(votes, THIN_DATA))(asker))).toEqual(found);
        },
      ),
    );
  });
});
