/** Runs the same bot on each library against a local Discord, and prints what works. Exit code 1 if anything does not. */
import { spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBot } from "../src/cli/run-bot.ts";
import { type LocalDiscord, startLocalDiscord } from "../src/start.ts";
import {
  answersSlowly,
  isNotRefused,
  readsModal,
  reconnects,
  registersCommands,
  resumes,
  sendsComponentsV2,
  updatesByButton,
  uploadsFile,
} from "./behaviors.ts";
import { LIBRARIES, type Library } from "./libraries.ts";

/** What a bot does that is started by `npx local-discord run --`, without a setting. */
const BEHAVIORS = {
  commands: registersCommands,
  "slow answer": answersSlowly,
  button: updatesByButton,
  modal: readsModal,
  file: uploadsFile,
  "Components V2": sendsComponentsV2,
  resume: resumes,
  reconnect: reconnects,
  "nothing refused": isNotRefused,
};

/** What it does when it is started alone, with the addresses of the local Discord in its settings. */
const ALONE = { commands: registersCommands, "slow answer": answersSlowly, resume: resumes };
const STARTS = { address: undefined, zlib: "zlib-stream", zstd: "zstd-stream" } as const;

/** The privileged intent that the bots need. */
const MESSAGE_CONTENT = 1 << 15;

type Result = "yes" | "raw" | "n/a" | "NO";

type Start = (
  discord: LocalDiscord,
  how: { args: string[]; stdio: StdioOptions },
) => { kill(signal: NodeJS.Signals): void; ended: Promise<unknown> };

const redirected: Start = (discord, how) => {
  const env = [{ name: "CLIENT_ID", value: "application" }];
  return runBot(discord, { command: process.execPath, inherited: process.env, env, ...how });
};

function alone(compress?: string): Start {
  return (discord, { args, stdio }) => {
    const { botToken: DISCORD_TOKEN, api: DISCORD_API, applicationId: CLIENT_ID } = discord;
    const own = { DISCORD_TOKEN, DISCORD_API, CLIENT_ID, ...(compress ? { COMPRESS: compress } : {}) };
    const bot = spawn(process.execPath, args, { env: { ...process.env, ...own }, stdio });
    return { kill: (signal) => bot.kill(signal), ended: once(bot, "exit") };
  };
}

/** Checks a bot; the keys of the result are those of the checks. Prints what fails, with the last output of the bot. */
async function check<Name extends string>(
  { name, bot }: Library,
  start: Start,
  checks: Record<Name, (discord: LocalDiscord) => Promise<void>>,
): Promise<Map<string, Result>> {
  const folder = mkdtempSync(join(tmpdir(), "libraries-"));
  const output = join(folder, "output");
  const file = openSync(output, "a");
  const results = new Map<string, Result>();
  await using discord = await startLocalDiscord({ privilegedIntents: MESSAGE_CONTENT });
  const running = start(discord, {
    args: [join(import.meta.dirname, "bots", bot)],
    stdio: ["ignore", file, file],
  });
  const ended = running.ended.then(() => {
    throw new Error("The bot has ended.");
  });
  for (const [behavior, perform] of Object.entries<(discord: LocalDiscord) => Promise<void>>(checks)) {
    try {
      await Promise.race([perform(discord), ended]);
      results.set(behavior, "yes");
    } catch (error) {
      results.set(behavior, "NO");
      const tail = readFileSync(output, "utf8").slice(-2_000);
      process.stderr.write(`${name}, ${behavior}: ${String(error)}\n${tail}\n`);
      if (behavior === "commands") break;
    }
  }
  running.kill("SIGKILL");
  await ended.catch(() => {});
  closeSync(file);
  rmSync(folder, { recursive: true });
  return results;
}

async function results(library: Library): Promise<Result[]> {
  const { without = {}, raw = {} } = library;
  const able = Object.entries(BEHAVIORS).filter(([behavior]) => !(behavior in without));
  const found = await check(library, redirected, Object.fromEntries(able));
  const behaviors = Object.keys(BEHAVIORS).map((behavior): Result => {
    if (behavior in without) return "n/a";
    const result = found.get(behavior) ?? "NO";
    return result === "yes" && behavior in raw ? "raw" : result;
  });
  for (const [start, compress] of Object.entries(STARTS)) {
    if (start in without) {
      behaviors.push("n/a");
      continue;
    }
    const each = await check(library, alone(compress), ALONE);
    behaviors.push(Object.keys(ALONE).every((name) => each.get(name) === "yes") ? "yes" : "NO");
  }
  return behaviors;
}

const columns = [...Object.keys(BEHAVIORS), ...Object.keys(STARTS)];
const width = Math.max(...LIBRARIES.map(({ name }) => name.length));
const chosen = process.argv.slice(2);
const unknown = chosen.filter((given) => !LIBRARIES.some(({ name }) => name === given));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown library: ${unknown.join(", ")}. There are: ${LIBRARIES.map(({ name }) => name).join(", ")}.\n`,
  );
  process.exit(1);
}
const libraries = LIBRARIES.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
// All at once: they wait most of the time.
const rows = libraries.map(results);
process.stdout.write(`${"".padEnd(width)}  ${columns.join("  ")}\n`);
for (const [index, { name }] of libraries.entries()) {
  const row = (await rows[index]) ?? [];
  const cells = row.map((result, column) => result.padEnd(columns[column]?.length ?? 0)).join("  ");
  process.stdout.write(`${name.padEnd(width)}  ${cells}\n`);
  if (row.includes("NO")) process.exitCode = 1;
}
for (const { name, without = {}, raw = {} } of libraries) {
  for (const [what, why] of Object.entries(raw)) process.stdout.write(`raw: ${name}, ${what}: ${why}\n`);
  for (const [what, why] of Object.entries(without)) process.stdout.write(`n/a: ${name}, ${what}: ${why}\n`);
}
