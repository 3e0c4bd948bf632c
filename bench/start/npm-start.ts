import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../test/free-port.ts";
import { openPage } from "./page.ts";

/** The folder of this checkout. */
export const ROOT = join(import.meta.dirname, "../..");
/** Ends the whole process group when standard input ends, so that it cannot outlive this process. */
const START_COMMAND = "exec 3<&0; (cat <&3 >/dev/null; kill -TERM 0) & exec npm start 3<&- </dev/null";
const START_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 5;

export interface Start {
  /** Milliseconds from the command until the whole page has been served and the bot is connected. */
  usable: number;
  /** Milliseconds from the command until a `/stats` sent at that moment is answered. */
  answered: number;
  /** Resident bytes at that moment of the process of bot, worker and local Discord, as its own metrics report. */
  rss: number;
}

/** Runs `npm start` with all its files in this folder, loads the page as a browser does, sends a `/stats`, and stops it. */
export async function startAndAsk(folder: string): Promise<Start> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn("sh", ["-c", START_COMMAND], {
    cwd: ROOT,
    env: { ...env, ...settingsIn(folder), HEALTH_PORT: String(port) },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const closed = once(child, "close");
  try {
    const page = await openPage(await pageAddress(child));
    const usable = performance.now() - started;
    await page.ask();
    const answered = performance.now() - started;
    return { usable, answered, rss: await residentMemory(port) };
  } finally {
    child.stdin.end();
    await closed;
  }
}

/** Settings that keep everything in the folder. Empty values override the .env file of this checkout. */
export function settingsIn(folder: string): Record<string, string> {
  return {
    DISCORD_TOKEN: "",
    QUEUE_URL: "",
    HEALTH_PORT: "",
    LOG_LEVEL: "",
    STORE_URL: `file:${join(folder, "data")}`,
    PLAYGROUND_PORT: "0",
    // Node keeps here what it compiles during the first start.
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
  };
}

async function residentMemory(healthPort: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]);
}

/** Resolves with the address of the page as soon as it is printed. */
async function pageAddress(child: ChildProcess): Promise<string> {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data: Buffer) => (output += data.toString()));
  const started = performance.now();
  while (performance.now() - started < START_TIMEOUT_MS && child.exitCode === null) {
    const address = /open at (http:\/\/127\.0\.0\.1:\d+\/)/.exec(output)?.[1];
    if (address !== undefined) return address;
    await wait(POLL_INTERVAL_MS);
  }
  throw new Error(`npm start did not print the address of the page:\n${output}`);
}
