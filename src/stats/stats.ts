import { type Decimal } from "decimal.js";
import { Exact, writtenNumber } from "./numbers.ts";

/** Significant digits of a mean or median that is rounded. */
const ROUNDED_DIGITS = 12;
/** Significant digits up to which a mean or median is exact whatever the numbers: as many as spreadsheets show. */
const READABLE_DIGITS = 15;

/**
 * Mean and median are exact, or rounded half-even to 12 significant digits and then marked with "≈ ": those that do not
 * terminate, and those of more than 15 digits and more than any of the numbers has.
 */
export interface Stats {
  min: string;
  max: string;
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
  const digits = Math.max(READABLE_DIGITS, ...sorted.map((number) => number.precision()));
  return {
    min: writtenNumber(min),
    max: writtenNumber(max),
    mean: meanOf(sorted, digits),
    median: meanOf(middleOf(sorted), digits),
  };
}

/** @param exactDigits significant digits up to which it is not rounded */
function meanOf(numbers: readonly Decimal[], exactDigits: number): string {
  const sum = numbers.reduce((total, number) => total.plus(number));
  const mean = sum.div(numbers.length);
  return terminates(sum, numbers.length) && mean.precision() <= exactDigits
    ? writtenNumber(mean)
    : `≈ ${writtenNumber(mean.toSignificantDigits(ROUNDED_DIGITS))}`;
}

/** A decimal divided by a whole number terminates when the divisor, freed of its factors 2 and 5, divides its digits. */
function terminates(dividend: Decimal, divisor: number): boolean {
  let rest = divisor;
  while (rest % 2 === 0) rest /= 2;
  while (rest % 5 === 0) rest /= 5;
  const digits = dividend.times(new Exact(10).pow(dividend.decimalPlaces()));
  return digits.mod(rest).isZero();
}

/** The middle number, or both of an even count: their mean is the median. */
function middleOf(sorted: readonly Decimal[]): readonly Decimal[] {
  const upper = sorted.length >> 1;
  return sorted.slice(sorted.length % 2 === 0 ? upper - 1 : upper, upper + 1);
}
