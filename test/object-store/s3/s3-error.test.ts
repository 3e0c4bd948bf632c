import { expect, it } from "vitest";
import { withReason } from "../../../src/object-store/s3/s3-error.ts";

it("an error without a message gets its code, as when no address of a host accepts a connection", () => {
  const refused = Object.assign(new AggregateError([new Error("::1"), new Error("127.0.0.1")]), {
    code: "ECONNREFUSED",
  });
  expect(withReason(refused)).toMatchObject({ message: "ECONNREFUSED" });
  expect(withReason(new RangeError(""))).toMatchObject({ message: "RangeError" });
  expect(withReason(new Error("socket hang up"))).toMatchObject({ message: "socket hang up" });
});
