import { expect, it } from "vitest";
import { readJson } from "../src/parse-json.ts";

it("ids that JavaScript would round become strings; other numbers, and texts, stay", () => {
  const text =
    '{"id": 1576459521700659201, "ids": [1576459521700659201, 5], "limit": 0.5, "a": "b:1576459521700659201"}';
  expect(readJson(text)).toEqual({
    id: "1576459521700659201",
    ids: ["1576459521700659201", 5],
    limit: 0.5,
    a: "b:1576459521700659201",
  });
});
