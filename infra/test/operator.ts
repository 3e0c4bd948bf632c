import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startParameters } from "./servers.ts";

export const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.G4bCdE.abcdefghijklmnopqrstuvwxyz0123456789AB";

interface Run {
  args?: string[];
  /** Standard input, which is not a terminal. */
  input?: string;
  /** Parameters in Systems Manager. */
  kept?: Record<string, unknown>[];
  env?: Record<string, string>;
  /** Working directory. */
  cwd?: string | undefined;
}

/** Runs `src/<command>/main.ts` as an operator does, against a stand-in for Systems Manager. */
export async function operate(
  command: string,
  { args = [], input = "", kept = [], env = {}, cwd = process.env["TEST_FOLDER"] }: Run,
): Promise<{ code: number; out: string; err: string; kept: Record<string, unknown>[] }> {
  const { origin } = await startParameters(TOKEN, kept);
  const child = spawn(process.execPath, [join(import.meta.dirname, "../src", command, "main.ts"), ...args], {
    cwd,
    env: {
      PATH: process.env["PATH"],
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_SSM: origin,
      DISCORD_API: origin,
      ...env,
    },
  });
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode ?? -1, out, err, kept };
}
