import { Decimal } from "decimal.js";

export const MAX_NUMBERS = 10;
const MAX_DIGITS = 30;

/**
 * Decimal arithmetic that is exact for every sum of accepted numbers: about 90 digits, from 10^31 down to the 59th decimal
 * place. `toString` uses an exponent only from 1e21 up and below 1e-7.
 */
export const Exact = Decimal.clone({
  precision: 150,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -8,
  toExpPos: 21,
});

const MIN_NUMBER = new Exact("1e-30");
const MAX_NUMBER = new Exact("1e30");

/**
 * Formats a number for people: with an exponent only where that is shorter, and without a plus sign in the exponent. The canonical
 * decimals in jobs follow the rules of `Exact` instead.
 */
export function formatNumber(value: Decimal | string): string {
  const exact = new Exact(value);
  const canonical = exact.toString().replace("e+", "e");
  if (!canonical.includes("e")) return canonical;
  const plain = exact.toFixed();
  return plain.length <= canonical.length ? plain : canonical;
}

type NumberFault = "not-a-number" | "not-positive" | "too-many-digits" | "out-of-range";

export type ParsedNumbers =
  | {
      ok: true;
      /** 1 to 10 canonical decimals: "2.50" becomes "2.5", "1e3" becomes "1000". */
      numbers: string[];
      /** Whether a comma stood directly between digits, so that "2,5" was read as 2 and 5. */
      commaBetweenDigits: boolean;
    }
  | {
      ok: false;
      /** Number of pieces; 0 and more than MAX_NUMBERS are faults on their own. */
      count: number;
      faults: { piece: string; fault: NumberFault }[];
    };

const DECIMAL = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Parses what a person typed: 1 to 10 decimals separated by white space, commas or semicolons. Each must be from 1e-30 to 1e30
 * and have at most 30 digits. Never throws.
 */
export function parseNumbers(text: string): ParsedNumbers {
  const pieces = text.split(/[\s,;]+/u).filter((piece) => piece !== "");
  const faults = pieces.flatMap((piece) => {
    const fault = findFault(piece);
    return fault === undefined ? [] : [{ piece, fault }];
  });
  if (faults.length > 0 || pieces.length === 0 || pieces.length > MAX_NUMBERS) {
    return { ok: false, count: pieces.length, faults };
  }
  return {
    ok: true,
    numbers: pieces.map((piece) => new Exact(piece).toString()),
    commaBetweenDigits: /\d,\d/.test(text),
  };
}

function findFault(piece: string): NumberFault | undefined {
  const match = DECIMAL.exec(piece);
  if (match === null) return "not-a-number";
  const [, sign, mantissa = ""] = match;
  if (sign === "-" || !/[1-9]/.test(mantissa)) return "not-positive";
  if (mantissa.replace(".", "").length > MAX_DIGITS) return "too-many-digits";
  const value = new Exact(piece);
  return value.lt(MIN_NUMBER) || value.gt(MAX_NUMBER) ? "out-of-range" : undefined;
}
