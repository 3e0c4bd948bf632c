import { Decimal } from "decimal.js";

export const MAX_NUMBERS = 10;
const MAX_DIGITS = 30;

/**
 * Decimal arithmetic that is exact for every sum of accepted numbers: they reach from 10^31 down to the 59th decimal
 * place, about 90 digits. Numbers are written plainly, with an exponent only from 1e21 up and below 1e-7.
 */
export const Exact = Decimal.clone({
  precision: 150,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -8,
  toExpPos: 21,
});

const LEAST = new Exact("1e-30");
const GREATEST = new Exact("1e30");

/**
 * A number as a person would write it: plainly, or with an exponent where that is shorter. Canonical decimals, which cross
 * the queue, have an exponent at other sizes, and a plus sign in it.
 */
export function writtenNumber(value: Decimal | string): string {
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
      /** Canonical decimals, 1 to 10 of them: "2.50" has become "2.5", "1e3" has become "1000". */
      numbers: string[];
      /** A comma stood directly between digits, so "2,5" has been read as 2 and 5. */
      commaBetweenDigits: boolean;
    }
  | {
      ok: false;
      /** How many pieces there were; 0 and more than MAX_NUMBERS are faults by themselves. */
      count: number;
      faults: { piece: string; fault: NumberFault }[];
    };

const DECIMAL = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads what a person typed: decimals separated by white space, commas or semicolons. Never throws. */
export function parseNumbers(text: string): ParsedNumbers {
  const pieces = text.split(/[\s,;]+/u).filter((piece) => piece !== "");
  const faults = pieces.flatMap((piece) => {
    const fault = faultOf(piece);
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

function faultOf(piece: string): NumberFault | undefined {
  const match = DECIMAL.exec(piece);
  if (match === null) return "not-a-number";
  const [, sign, mantissa = ""] = match;
  if (sign === "-" || !/[1-9]/.test(mantissa)) return "not-positive";
  if (mantissa.replace(".", "").length > MAX_DIGITS) return "too-many-digits";
  const value = new Exact(piece);
  return value.lt(LEAST) || value.gt(GREATEST) ? "out-of-range" : undefined;
}
