import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProcess } from "./process.ts";

const COMMANDS = [
  ["npm start", "src/main.ts"],
  ["npm run bot", "src/bot/main.ts"],
  ["npm run worker", "src/worker/main.ts"],
  ["npm run register", "src/register/main.ts"],
  ["npm run import", "src/import/main.ts"],
  ["npm run export", "src/export/main.ts"],
  ["npm run client", "src/client/main.ts"],
  ["npm run dead-letters", "src/dead-letters/main.ts"],
  ["npm run playground", "playground/main.ts"],
  ["npm run bench", "bench/main.ts"],
] as const;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-command-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** With settings under which nothing could be connected to. */
async function run(main: string, args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const settings = {
    STORE_URL: `file:${join(folder, "data")}`,
    QUEUE_URL: "redis://127.0.0.1:1",
    DISCORD_TOKEN: "a.b.c",
    DISCORD_API: "http://127.0.0.1:1",
  };
  await using running = runProcess(main, settings, args);
  const { stdout, stderr } = running.child;
  if (stdout === null || stderr === null) throw new Error("the output is not piped");
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { code: await running.exited, stdout: out, stderr: err };
}

describe.each(COMMANDS)("%s", (command, main) => {
  it("says on request how it is used, and does nothing else", async () => {
    const { code, stdout, stderr } = await run(main, ["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.startsWith(`Usage: ${command}`)).toBe(true);
    expect(stdout).toMatch(/\n {2}--help +this text\n/);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses what it does not know, says how it is used, and does nothing else", async () => {
    const { code, stdout, stderr } = await run(main, ["--no-such-thing"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/--no-such-thing/);
    expect(stderr).toContain(`\n\nUsage: ${command}`);
    expect(await readdir(folder)).toEqual([]);
  });
});
