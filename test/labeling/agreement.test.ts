import { describe, expect, it } from "vitest";
import { collectAgreement } from "../../src/labeling/agreement.ts";
import { findMajority } from "../../src/labeling/majority.ts";
import { type Votes } from "../../src/labeling/votes.ts";
import { votesOf } from "./crowd.ts";

describe("Krippendorff's alpha", () => {
  function alphaOf({ byImage }: Votes, labels = 2): number | undefined {
    const agreement = collectAgreement();
    for (const votes of byImage) agreement.add(findMajority(votes, labels).votes);
    return agreement.alpha();
  }

  const two = (a: string, b: string): Votes =>
    votesOf(...Array.from(a).flatMap((label, image) => [`${image} A ${label}`, `${image} B ${b[image]}`]));

  it("matches Krippendorff's worked example of binary data", () => {
    // Krippendorff 2011, section A: two observers, ten units, alpha 0.095.
    expect(alphaOf(two("0100000010", "1110010000"))).toBeCloseTo(0.095, 3);
  });

  it("matches Krippendorff's worked example of nominal data with missing answers", () => {
    // Krippendorff 2011, section C: four observers, twelve units, five values, alpha 0.743. Here a value is one less.
    const observers = { A: "012210301...", B: "0122113014.2", C: ".2221231140.", D: "01221330140." };
    const rows = Object.entries(observers).flatMap(([person, values]) =>
      Array.from(values).flatMap((value, unit) => (value === "." ? [] : [`${unit} ${person} ${value}`])),
    );
    expect(alphaOf(votesOf(...rows), 5)).toBeCloseTo(0.743, 3);
  });

  it("is 1 if everyone agrees, and below 0 if they always disagree", () => {
    expect(alphaOf(two("0101", "0101"))).toBe(1);
    expect(alphaOf(two("0101", "1010"))).toBeLessThan(0);
  });

  it("ignores images that only one person has answered", () => {
    const votes = votesOf("1 A 0", "1 B 0", "2 A 1", "2 B 1", "3 A 1", "4 B 0");
    expect(alphaOf(votes)).toBe(1);
  });

  it("is undefined without a pair of votes, and if all votes are the same", () => {
    expect(alphaOf(votesOf())).toBeUndefined();
    expect(alphaOf(votesOf("a k 1", "b m 0"))).toBeUndefined();
    expect(alphaOf(two("111", "111"))).toBeUndefined();
  });
});
