import { describe, expect, it } from "vitest";
import { computeStats } from "../../src/stats/stats.ts";

describe("stats", () => {
  it("gives min, max, mean and median", () => {
    expect(computeStats(["3", "5", "8"])).toEqual({
      min: "3",
      max: "8",
      mean: "≈ 5.33333333333",
      median: "5",
    });
  });

  it("sorts by value, not by text", () => {
    expect(computeStats(["10", "9", "100"])).toMatchObject({ min: "9", max: "100", median: "10" });
  });

  it("takes the mean of the two middle numbers of an even count", () => {
    expect(computeStats(["1", "2", "3", "10"])).toMatchObject({ median: "2.5", mean: "4" });
  });

  it("returns a single number as it is", () => {
    expect(computeStats(["2.5"])).toEqual({ min: "2.5", max: "2.5", mean: "2.5", median: "2.5" });
  });

  it("is exact where binary floating point is not", () => {
    expect(computeStats(["0.1", "0.2"]).mean).toBe("0.15");
  });

  it("rounds a mean and a median with more digits than anyone reads", () => {
    expect(computeStats(["1e30", "1e-30"])).toEqual({
      min: "1e-30",
      max: "1e30",
      mean: "≈ 5e29",
      median: "≈ 5e29",
    });
    expect(computeStats(["1.000000000000000000000000001", "2"]).mean).toBe("≈ 1.5");
  });

  it("returns a single long number without rounding", () => {
    const long = "1.23456789012345678901234567891";
    expect(computeStats([long])).toEqual({ min: long, max: long, mean: long, median: long });
  });

  it("formats large numbers without a plus sign, and without an exponent if that is shorter", () => {
    expect(computeStats(["1e+30"]).max).toBe("1e30");
    expect(computeStats(["1.2345678901234567890123456789e+29"]).max).toBe("123456789012345678901234567890");
  });

  it.each([
    [["1", "1", "2"], "≈ 1.33333333333"],
    [["1", "2", "2"], "≈ 1.66666666667"],
    [["1", "1", "1", "1", "1", "1", "2"], "≈ 1.14285714286"],
    [["2e-30", "2e-30", "1e-30"], "≈ 1.66666666667e-30"],
    [["2e30", "1e30", "1e30"], "≈ 1.33333333333e30"],
  ])("rounds the mean of %j, which does not terminate, to 12 digits", (numbers, mean) => {
    expect(computeStats(numbers).mean).toBe(mean);
  });

  it.each([
    [["1", "2", "3", "4", "5", "6"], "3.5"],
    [["0.1", "0.2", "0.3"], "0.2"],
    [["1", "1", "1", "1", "1", "1", "1", "2"], "1.125"],
    [["12345678901234", "12345678901235"], "12345678901234.5"],
    [["9007199254740993", "9007199254740995"], "9007199254740994"],
  ])("gives the mean of %j, which terminates, exactly", (numbers, mean) => {
    expect(computeStats(numbers).mean).toBe(mean);
  });

  it("throws without numbers", () => {
    expect(() => computeStats([])).toThrow(RangeError);
  });
});
