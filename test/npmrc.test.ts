import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const settings = readFileSync(new URL("../.npmrc", import.meta.url), "utf8");

it("npm says nothing of packages that want a newer Node than the installed one", () => {
  expect(settings).toMatch(/^loglevel=error$/m);
});

it("npm takes packages from the registry of whoever runs it", () => {
  expect(settings).not.toMatch(/registry|https?:/);
});
