import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

/** The part of Vitest's JSON report that is read here. */
interface Report {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

it("the fixture closes itself, and fails a test whose bot used what is not built", async () => {
  const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [opened, results] = [join(folder, "open.json"), join(folder, "results.json")];
  const vitest = join(fileURLToPath(import.meta.resolve("vitest")), "../../vitest.mjs");
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(
    process.execPath,
    [vitest, "run", "--config", join(import.meta.dirname, "fixture.config.ts"), "--outputFile", results],
    { cwd: import.meta.dirname, env: { ...process.env, FIXTURE_REPORT: opened } },
    (_, stdout, stderr) => resolve(stdout + stderr),
  );
  const output = await promise;
  if (!existsSync(results)) throw new Error(output);
  const { testResults } = JSON.parse(readFileSync(results, "utf8")) as Report;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(tests.map(({ title, status }) => [title, status])).toEqual([
    ["has a local Discord", "passed"],
    ["uses what is not built", "failed"],
    ["fails", "failed"],
  ]);
  expect(tests[1]?.failureMessages.join("\n")).toContain(
    "The local Discord does not have stickers, which the bot used: GET /api/v10/sticker-packs.",
  );
  expect(tests[2]?.failureMessages.join("\n")).toContain("failed itself");
  expect(JSON.parse(readFileSync(opened, "utf8"))).toEqual([false, false, false]);
});
