import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../test/free-port.ts";
import { openPage } from "./page.ts";

const ROOT = join(import.meta.dirname, "..");
/** All of it is told to end, as by Ctrl+C, when its standard input ends: so it cannot outlive this process. */
const START = "exec 3<&0; (cat <&3 >/dev/null; kill -TERM 0) & exec npm start 3<&- </dev/null";
/** Milliseconds for a start. */
const PATIENCE = 60_000;
/** Milliseconds between looks. */
const GLANCE = 5;

export interface Start {
  /** Milliseconds from the command until all of the page has been served and the bot is connected. */
  usable: number;
  /** Milliseconds from the command until a `/stats` that was sent at that moment is answered. */
  answered: number;
  /** Bytes that are resident then in the process of bot, worker and local Discord, as it tells by itself. */
  rss: number;
}

/** `npm start` with all it keeps in this folder, what a browser fetches of it, a `/stats`, and an end in order. */
export async function startAndAsk(folder: string): Promise<Start> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn("sh", ["-c", START], {
    cwd: ROOT,
    env: { ...env, ...settingsIn(folder), HEALTH_PORT: String(port) },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const closed = once(child, "close");
  try {
    const page = await openPage(await addressOf(child));
    const usable = performance.now() - started;
    await page.ask();
    const answered = performance.now() - started;
    return { usable, answered, rss: await residentMemory(port) };
  } finally {
    child.stdin.end();
    await closed;
  }
}

/** A blank one counts as none, whatever this checkout's .env may say. */
export function settingsIn(folder: string): Record<string, string> {
  return {
    DISCORD_TOKEN: "",
    QUEUE_URL: "",
    HEALTH_PORT: "",
    LOG_LEVEL: "",
    STORE_URL: `file:${join(folder, "data")}`,
    PLAYGROUND_PORT: "0",
    // Where Node keeps what a first start compiles.
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
  };
}

async function residentMemory(healthPort: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]);
}

/** Of the page, as soon as it says so. */
async function addressOf(child: ChildProcess): Promise<string> {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data: Buffer) => (output += data.toString()));
  const began = performance.now();
  while (performance.now() - began < PATIENCE && child.exitCode === null) {
    const address = /open at (http:\/\/127\.0\.0\.1:\d+\/)/.exec(output)?.[1];
    if (address !== undefined) return address;
    await wait(GLANCE);
  }
  throw new Error(`npm start came to nothing:\n${output}`);
}
