import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDER = new URL("../.github/workflows/", import.meta.url);

it("the actions of workflows are named by their commit, and say which version that is", () => {
  const texts = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), "utf8"));
  const used = texts.flatMap((text) => Array.from(text.matchAll(/uses:\s*(.*)/g), ([, action]) => action));
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
