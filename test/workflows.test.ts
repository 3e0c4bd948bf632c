import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDER = new URL("../.github/workflows/", import.meta.url);

it("workflows pin actions by commit, with the version in a comment", () => {
  const texts = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), "utf8"));
  const actions = texts.flatMap((text) => Array.from(text.matchAll(/uses:\s*(.*)/g), ([, action]) => action));
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
