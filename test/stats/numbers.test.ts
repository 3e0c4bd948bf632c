import { describe, expect, it } from "vitest";
import { parseNumbers } from "../../src/stats/numbers.ts";

function numbersOf(text: string): string[] {
  const parsed = parseNumbers(text);
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed)}`);
  return parsed.numbers;
}

function faultsOf(text: string): string[] {
  const parsed = parseNumbers(text);
  if (parsed.ok) throw new Error(`accepted: ${parsed.numbers.join(" ")}`);
  return parsed.faults.map(({ piece, fault }) => `${piece} ${fault}`);
}

describe("parsing numbers", () => {
  it.each([
    ["3 5 8", ["3", "5", "8"]],
    ["  3,5;8 ", ["3", "5", "8"]],
    ["3, 5 ;\n8\t1\u00A02", ["3", "5", "8", "1", "2"]],
    [".5 2.50 1e3 +4 7.", ["0.5", "2.5", "1000", "4", "7"]],
    ["1E3 1e+3 1e-3", ["1000", "1000", "0.001"]],
    ["007", ["7"]],
    ["1e20 1e21 1e-7 9e-8", ["100000000000000000000", "1e+21", "0.0000001", "9e-8"]],
    ["1e30 1e-30", ["1e+30", "1e-30"]],
    ["123456789012345678901234567890", ["1.2345678901234567890123456789e+29"]],
  ])("reads %j", (text, numbers) => {
    expect(numbersOf(text)).toEqual(numbers);
  });

  it.each([
    ["0", "not-positive"],
    ["0.000", "not-positive"],
    ["0e5", "not-positive"],
    ["-1", "not-positive"],
    ["-0", "not-positive"],
    ["abc", "not-a-number"],
    ["0x10", "not-a-number"],
    ["Infinity", "not-a-number"],
    ["NaN", "not-a-number"],
    ["١", "not-a-number"],
    ["１", "not-a-number"],
    ["1_000", "not-a-number"],
    ["1.2.3", "not-a-number"],
    [".", "not-a-number"],
    ["1e", "not-a-number"],
    ["e5", "not-a-number"],
    ["--1", "not-a-number"],
    ["−1", "not-a-number"],
    ["1e31", "out-of-range"],
    ["1e-31", "out-of-range"],
    ["1.1e30", "out-of-range"],
    ["1e999999999999999999999", "out-of-range"],
    ["1e-999999999999999999999", "out-of-range"],
    ["1234567890.123456789012345678901", "too-many-digits"],
  ])("refuses %j as %s", (text, fault) => {
    expect(faultsOf(text)).toEqual([`${text} ${fault}`]);
  });

  it("reports every invalid piece and no other", () => {
    expect(faultsOf("3 abc 5 -1;0,0x10")).toEqual([
      "abc not-a-number",
      "-1 not-positive",
      "0 not-positive",
      "0x10 not-a-number",
    ]);
  });

  it("accepts ten numbers and refuses an eleventh", () => {
    expect(numbersOf("1 2 3 4 5 6 7 8 9 10")).toHaveLength(10);
    expect(parseNumbers("1 2 3 4 5 6 7 8 9 10 11")).toEqual({ ok: false, count: 11, faults: [] });
  });

  it.each(["", "   ", ",;,"])("refuses %j, which holds no number", (text) => {
    expect(parseNumbers(text)).toEqual({ ok: false, count: 0, faults: [] });
  });

  it("detects a comma directly between digits", () => {
    expect(parseNumbers("2,5")).toEqual({ ok: true, numbers: ["2", "5"], commaBetweenDigits: true });
    expect(parseNumbers("2, 5")).toEqual({ ok: true, numbers: ["2", "5"], commaBetweenDigits: false });
  });
});
