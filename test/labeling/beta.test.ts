import { expect, it } from "vitest";
import { betaInterval } from "../../src/labeling/beta.ts";
import { digamma, logGamma } from "../../src/labeling/gamma.ts";

it.each([
  // For b = 1 the quantile is a root, and beta(1, b) is its mirror image. The others are from R's qbeta.
  [4, 1, 0.025 ** (1 / 4), 0.975 ** (1 / 4)],
  [1, 20, 1 - 0.975 ** (1 / 20), 1 - 0.025 ** (1 / 20)],
  [2, 2, 0.0942993, 0.9057007],
  [0.5, 0.5, 0.0015413, 0.9984587],
])("the interval of a share with %d for and %d against is exact", (a, b, low, high) => {
  expect(betaInterval(a, b).low).toBeCloseTo(low, 4);
  expect(betaInterval(a, b).high).toBeCloseTo(high, 4);
});

it("the interval becomes narrower with more answers, and stays between 0 and 1", () => {
  const width = (answers: number): number => {
    const { low, high } = betaInterval(4 + answers, 1);
    return high - low;
  };
  expect(width(10)).toBeLessThan(width(1));
  expect(width(100_000)).toBeLessThan(1e-4);
  const huge = betaInterval(600_000, 400_000);
  // The normal distribution, which a beta distribution of a million answers is.
  expect(huge.high - 0.6).toBeCloseTo(1.96 * Math.sqrt(0.24 / 1e6), 5);
});

it("the gamma function and its derivative have their known values", () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 9);
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 9);
  expect(digamma(1)).toBeCloseTo(-0.577_215_664_9, 9);
  expect(digamma(0.25)).toBeCloseTo(-4.227_453_533_4, 8);
  expect(digamma(1e6)).toBeCloseTo(Math.log(1e6) - 0.5e-6, 9);
});
