import { type Decimal } from "decimal.js";
import { Exact } from "./numbers.ts";

/** Significant digits of a mean that does not terminate. */
const MEAN_DIGITS = 12;

export interface Stats {
  min: string;
  max: string;
  /** Exact, or rounded half-even to 12 significant digits and then marked with "≈ ". */
  mean: string;
  median: string;
}

/**
 * Minimum, maximum, arithmetic mean and median of 1 to 10 canonical decimals, computed exactly.
 * @throws RangeError when there are no numbers
 */
export function statsOf(numbers: readonly string[]): Stats {
  const sorted = numbers.map((number) => new Exact(number)).toSorted((a, b) => a.cmp(b));
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError("no numbers");
  return { min: min.toString(), max: max.toString(), mean: meanOf(sorted), median: medianOf(sorted) };
}

function meanOf(numbers: readonly Decimal[]): string {
  const sum = numbers.reduce((total, number) => total.plus(number));
  const mean = sum.div(numbers.length);
  return terminates(sum, numbers.length)
    ? mean.toString()
    : `≈ ${mean.toSignificantDigits(MEAN_DIGITS).toString()}`;
}

/** A decimal divided by a whole number terminates when the divisor, freed of its factors 2 and 5, divides its digits. */
function terminates(dividend: Decimal, divisor: number): boolean {
  let rest = divisor;
  while (rest % 2 === 0) rest /= 2;
  while (rest % 5 === 0) rest /= 5;
  const digits = dividend.times(new Exact(10).pow(dividend.decimalPlaces()));
  return digits.mod(rest).isZero();
}

function medianOf(sorted: readonly Decimal[]): string {
  const upper = sorted.length >> 1;
  const middle = sorted.slice(sorted.length % 2 === 0 ? upper - 1 : upper, upper + 1);
  return middle
    .reduce((total, number) => total.plus(number))
    .div(middle.length)
    .toString();
}
