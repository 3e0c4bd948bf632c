import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runProcess } from "./process.ts";

const COMMANDS = [
  ["npm start", "src/main.ts"],
  ["npm run bot", "src/bot/main.ts"],
  ["npm run worker", "src/worker/main.ts"],
  ["npm run register", "src/cli/register/main.ts"],
  ["npm run import", "src/cli/import/main.ts"],
  ["npm run export", "src/cli/export/main.ts"],
  ["npm run client", "src/cli/client/main.ts"],
  ["npm run dead-letters", "src/cli/dead-letters/main.ts"],
  ["npm run bench", "bench/main.ts"],
] as const;

/** One command whose arguments are parsed by parseCommand, and all that print their usage themselves. */
const PRINT_USAGE: ReadonlySet<string> = new Set([
  "src/cli/export/main.ts",
  "src/cli/client/main.ts",
  "bench/main.ts",
]);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-command-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a command with settings with which it cannot connect to anything. */
async function run(
  main: string,
  args: string[],
  changes: Record<string, string> = {},
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const settings = {
    STORE_URL: `file:${join(folder, "data")}`,
    QUEUE_URL: "redis://127.0.0.1:1",
    DISCORD_TOKEN: "a.b.c",
    DISCORD_API: "http://127.0.0.1:1",
    ...changes,
  };
  await using running = runProcess(main, settings, args);
  const { stdout, stderr } = running.child;
  if (stdout === null || stderr === null) throw new Error("the output is not piped");
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { code: await running.exited, stdout: out, stderr: err };
}

it.each(COMMANDS)(
  "%s rejects an unknown option, prints its usage, and does nothing else",
  async (command, main) => {
    const { code, stdout, stderr } = await run(main, ["--no-such-thing"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/--no-such-thing/);
    expect(stderr).toContain(`\n\nUsage: ${command}`);
    expect(stderr).toMatch(/\n {2}--help +(?:print )?this text\n/);
    expect(await readdir(folder)).toEqual([]);
  },
);

// The other commands parse --help like the first of these: see test/cli/run-command.test.ts and the tests of their arguments.
it.each(COMMANDS.filter(([, main]) => PRINT_USAGE.has(main)))(
  "%s --help prints the usage and does nothing else",
  async (command, main) => {
    const { code, stdout, stderr } = await run(main, ["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.startsWith(`Usage: ${command}`)).toBe(true);
    expect(stdout).toMatch(/\n {2}--help +(?:print )?this text\n/);
    expect(await readdir(folder)).toEqual([]);
  },
);

it.each([
  ["npm run import", "src/cli/import/main.ts", ["a.png"], "STORE_URL", "somewhere"],
  [
    "npm run export",
    "src/cli/export/main.ts",
    ["--format", "labels", "--out", "a"],
    "S3_FORCE_PATH_STYLE",
    "perhaps",
  ],
  ["npm run register", "src/cli/register/main.ts", [], "DISCORD_TOKEN", "token"],
  ["npm run dead-letters", "src/cli/dead-letters/main.ts", ["list"], "QUEUE_URL", "queue"],
])("%s names an invalid setting, and does nothing else", async (_command, main, args, name, value) => {
  const { code, stdout, stderr } = await run(main, args, { [name]: value });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^These settings are wrong:\n {2}${name} must be .+\n$`));
  expect(await readdir(folder)).toEqual([]);
});
