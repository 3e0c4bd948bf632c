import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

it("npm does not warn about packages that want a newer Node than the installed one", () => {
  expect(read(".npmrc")).toMatch(/^loglevel=error$/m);
});

it("npm uses the registry of the person who runs it", () => {
  expect(read(".npmrc")).not.toMatch(/registry|https?:/);
});

it(".node-version names the Node that the project installs", () => {
  expect(read(".node-version").trim()).toBe(packageJson.devDependencies.node);
});
