import { describe, expect, it } from "vitest";
import { IMAGE_NAME, imageName, seededShuffle, sampleStart } from "../../src/labeling/images.ts";

describe("an image's name", () => {
  it("is the SHA-256 of its bytes and its format", () => {
    const name = imageName(Buffer.from("abc"), "jpg");
    expect(name).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.jpg");
    expect(name).toMatch(IMAGE_NAME);
  });
});

describe("a shuffle seeded by an id", () => {
  const names = Array.from({ length: 20 }, (_, index) => imageName(Buffer.from([index]), "png"));

  it("depends only on the id, not on the order of the names", () => {
    expect(seededShuffle("1", names.toReversed())).toEqual(seededShuffle("1", names));
    expect(seededShuffle("2", names)).not.toEqual(seededShuffle("1", names));
    expect(sampleStart("1")).toBe(sampleStart("1"));
  });

  it("puts every name in the first four places equally often", () => {
    const rounds = 5_000;
    const counts = new Map<string, number>();
    for (let id = 0; id < rounds; id += 1) {
      for (const name of seededShuffle(String(id), names).slice(0, 4))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const expected = (rounds * 4) / names.length;
    // The ids are fixed, so the result is deterministic. Chi-square with 19 degrees of freedom, 99.9th percentile.
    const chiSquare = names.reduce(
      (sum, name) => sum + ((counts.get(name) ?? 0) - expected) ** 2 / expected,
      0,
    );
    expect(chiSquare).toBeLessThan(43.8);
  });
});
