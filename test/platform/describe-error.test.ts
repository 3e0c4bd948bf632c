import { expect, it } from "vitest";
import { describeError, describeFileError, errorCode } from "../../src/platform/describe-error.ts";

const withCode = (message: string, code: unknown): Error => Object.assign(new RangeError(message), { code });

it("describes an error by its message, else by its code or name, and any other value as text", () => {
  expect(describeError(withCode("out of range", "E1"))).toBe("out of range");
  // The error for a host all of whose addresses refuse the connection.
  expect(describeError(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
  expect(describeError(withCode("", 404))).toBe("RangeError");
  expect([describeError("text"), describeError(undefined)]).toEqual(["text", "undefined"]);
});

it("returns the codes of Node.js errors only", () => {
  expect(errorCode(withCode("", "ENOENT"))).toBe("ENOENT");
  expect([withCode("", 404), new Error("ENOENT"), { code: "ENOENT" }].map(errorCode)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("explains why a file cannot be read", () => {
  expect(describeFileError(withCode("ENOENT: no such file", "ENOENT"))).toBe("does not exist");
  expect(describeFileError(withCode("EIO: i/o error, read", "EIO"))).toBe("EIO: i/o error, read");
});
