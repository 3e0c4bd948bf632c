import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

export interface RunningProcess extends AsyncDisposable {
  child: ChildProcess;
  /** Everything the process has written to standard output and standard error so far. */
  output(): string;
  /** Resolves once the output matches, with the first group of the match, or the whole match. */
  waitFor(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code, or the signal that ended the process. */
  exited: Promise<number | string>;
}

/** The environment variables that processes inherit from the tests. */
export function inherited({ PATH, NODE_COMPILE_CACHE }: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { PATH, NODE_COMPILE_CACHE };
}

/** Runs a main.ts with only these settings, outside the checkout, so that its .env is not read. */
export function runProcess(
  main: string,
  settings: Record<string, string>,
  args: readonly string[] = [],
  input: "ignore" | "pipe" = "ignore",
): RunningProcess {
  const child = spawn(process.execPath, [join(ROOT, main), ...args], {
    cwd: tmpdir(),
    env: { ...inherited(), ...settings },
    stdio: [input, "pipe", "pipe"],
  });
  return watchProcess(child, main);
}

/** @param child a process with piped output @param name its name in error messages */
export function watchProcess(child: ChildProcess, name: string): RunningProcess {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data: Buffer) => (output += data.toString()));
  const exited = once(child, "close").then(
    ([code, signal]: (number | string)[]) => code ?? signal ?? "unknown",
  );

  return {
    child,
    output: () => output,
    exited,
    async waitFor(pattern) {
      return vi.waitFor(
        () => {
          const match = pattern.exec(output);
          if (match === null) throw new Error(`${pattern} is not in the output of ${name}:\n${output}`);
          return match[1] ?? match[0];
        },
        { timeout: 60_000 },
      );
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
