import { describe, expect, it } from "vitest";
import { readRequest } from "../../../src/cli/client/read-request.ts";

describe("a refused request", () => {
  it.each([
    ["", ["No number was given."]],
    ["3 x -3 y x", ['Not a number: "x", "y".', 'Not greater than 0: "-3".']],
    [
      "1 2 3 4 5 6 7 8 9 10 **",
      ["Too many numbers: there are 11, at most 10 are accepted.", 'Not a number: "**".'],
    ],
    ["1e31", ['Outside 1e-30 to 1e30: "1e31".']],
    [`3${" ".repeat(6_000)}`, ["Too long: 6001 characters, at most 6000 are accepted."]],
    [`\u001B[2J${"x".repeat(50)}`, [`Not a number: "\\u{1b}[2J${"x".repeat(36)}…".`]],
  ])("is refused with everything that is wrong with it: %j", (request, problems) => {
    expect(readRequest(request)).toEqual({ problems });
  });
});
