import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareStarts, LONGEST_FILES } from "./longest-first.ts";

it.each(LONGEST_FILES)("the file that starts first exists: %s", (path) => {
  expect(existsSync(join(import.meta.dirname, "..", path))).toBe(true);
});

it("the longest files start first, then system tests, and groups stay apart", () => {
  const [longest = ""] = LONGEST_FILES;
  const files = [
    { path: "a.browser.test.ts", project: "browser", groupOrder: 2 },
    { path: "a.integration.test.ts", project: "integration", groupOrder: 1 },
    { path: "b.integration.test.ts", project: "integration", groupOrder: 1 },
    { path: "a.system.test.ts", project: "system", groupOrder: 1 },
    { path: longest, project: "system", groupOrder: 1 },
    { path: "a.test.ts", project: "unit", groupOrder: 0 },
  ];
  expect(files.toSorted(compareStarts).map(({ path }) => path)).toEqual([
    "a.test.ts",
    longest,
    "a.system.test.ts",
    "a.integration.test.ts",
    "b.integration.test.ts",
    "a.browser.test.ts",
  ]);
});
