import { type Decimal } from "decimal.js";
import { Exact, formatNumber } from "./numbers.ts";

/** Significant digits of a rounded mean or median. */
const ROUNDED_DIGITS = 12;
/** A mean or median of at most this many significant digits is never rounded; spreadsheets show as many. */
const MIN_EXACT_DIGITS = 15;

/**
 * Statistics formatted for people. Mean and median are exact, or rounded half-even to 12 significant digits and prefixed with
 * "≈ " if they do not terminate, or if they have more than 15 digits and more than every input number.
 */
export interface Stats {
  min: string;
  max: string;
  mean: string;
  median: string;
}

/**
 * Computes the minimum, maximum, arithmetic mean and median with exact decimal arithmetic.
 * @param numbers 1 to 10 canonical decimals from `parseNumbers`
 * @throws RangeError if there are no numbers
 */
export function computeStats(numbers: readonly string[]): Stats {
  const sorted = numbers.map((number) => new Exact(number)).toSorted((a, b) => a.cmp(b));
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError("no numbers");
  const digits = Math.max(MIN_EXACT_DIGITS, ...sorted.map((number) => number.precision()));
  return {
    min: formatNumber(min),
    max: formatNumber(max),
    mean: formatMean(sorted, digits),
    median: formatMean(middleNumbers(sorted), digits),
  };
}

/** @param exactDigits number of significant digits up to which the mean is not rounded */
function formatMean(numbers: readonly Decimal[], exactDigits: number): string {
  const sum = numbers.reduce((total, number) => total.plus(number));
  const mean = sum.div(numbers.length);
  return terminates(sum, numbers.length) && mean.precision() <= exactDigits
    ? formatNumber(mean)
    : `≈ ${formatNumber(mean.toSignificantDigits(ROUNDED_DIGITS))}`;
}

/** Whether the quotient has finitely many digits: the divisor without its factors 2 and 5 must divide the dividend's digits. */
function terminates(dividend: Decimal, divisor: number): boolean {
  let rest = divisor;
  while (rest % 2 === 0) rest /= 2;
  while (rest % 5 === 0) rest /= 5;
  const digits = dividend.times(new Exact(10).pow(dividend.decimalPlaces()));
  return digits.mod(rest).isZero();
}

/** Returns the middle number, or the middle two of an even count, whose mean is the median. */
function middleNumbers(sorted: readonly Decimal[]): readonly Decimal[] {
  const upper = sorted.length >> 1;
  return sorted.slice(sorted.length % 2 === 0 ? upper - 1 : upper, upper + 1);
}
