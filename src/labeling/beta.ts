import { logGamma } from "./gamma.ts";

/** Share of the probability in an interval. */
const COVERAGE = 0.95;
/** Halvings of the interval from 0 to 1: six digits. */
const HALVINGS = 20;
const MAX_TERMS = 500;
const TINY = 1e-300;

/** The interval that has 95 % of the probability of a share, with as much below it as above it. */
export interface Interval {
  low: number;
  high: number;
}

/** The interval of a share that has a beta distribution. @param a pseudo-count for, above 0 @param b pseudo-count against, above 0 */
export function betaInterval(a: number, b: number): Interval {
  return { low: betaQuantile((1 - COVERAGE) / 2, a, b), high: betaQuantile((1 + COVERAGE) / 2, a, b) };
}

function betaQuantile(probability: number, a: number, b: number): number {
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b);
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, { a, b, scale }) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

interface Beta {
  a: number;
  b: number;
  /** The logarithm of 1 / B(a, b). */
  scale: number;
}

/** The probability of a share below x: the regularized incomplete beta function. */
function betaBelow(x: number, { a, b, scale }: Beta): number {
  const front = Math.exp(scale + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The continued fraction of the incomplete beta function, by Lentz's method. @see https://dlmf.nist.gov/8.17.E22 */
function betaFraction(x: number, a: number, b: number): number {
  let [c, d, value] = [1, 0, 1];
  for (let term = 1; term <= MAX_TERMS; term += 1) {
    const m = term >> 1;
    const top = term % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    const coefficient = (top * x) / ((a + term - 1) * (a + term));
    d = 1 / nonZero(1 + coefficient * d);
    c = nonZero(1 + coefficient / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-10) break;
  }
  return 1 / value;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
