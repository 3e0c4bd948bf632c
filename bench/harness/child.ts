import { fork } from "node:child_process";
import { once } from "node:events";
import { env } from "node:process";
import { fileURLToPath } from "node:url";

/** A script in a separate process. It ends with the benchmark, even if that is killed. */
export interface Child extends AsyncDisposable {
  pid: number;
  /** Sends the message, if there is one, and resolves with the next message from the child. Rejects if the child has ended. */
  ask(message?: object | string): Promise<unknown>;
}

interface Options {
  /** Environment variables, in addition to those of this process. */
  settings?: Record<string, string>;
  args?: string[];
  /** A module that Node loads before the script. */
  preload?: URL;
  /** Flags for V8. */
  flags?: string[];
}

const PARENT_BOUND = fileURLToPath(new URL("./parent-bound-process.ts", import.meta.url));

/** Starts a script, whose standard output is discarded. */
export function startChild(
  script: URL,
  { settings = {}, args = [], preload, flags = [] }: Options = {},
): Child {
  const child = fork(PARENT_BOUND, [fileURLToPath(script), ...args], {
    env: { ...env, ...settings },
    execArgv: preload === undefined ? flags : [...flags, "--import", preload.href],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const ended = exited.then(() => Promise.reject(new Error(`the process of ${script.href} has ended`)));
  ended.catch(() => {});

  return {
    pid: child.pid ?? Number.NaN,

    async ask(message) {
      const reply = once(child, "message");
      if (message !== undefined) child.send(message);
      const [answer]: unknown[] = await Promise.race([reply, ended]);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Starts a script in a process that answers "memory" with its `MemoryUsage`, and "cpu" with its CPU time in milliseconds. */
export function startMeasured(script: URL, settings: Record<string, string>): Child {
  return startChild(new URL("./measured-process.ts", import.meta.url), { settings, args: [script.href] });
}

/** Answers each message of the parent. Called in the child; a rejection ends it, and with it the benchmark. */
export function answerParent(host: NodeJS.Process, answer: (message: unknown) => unknown): void {
  const reply = async (message: unknown): Promise<void> => void host.send?.(await answer(message));
  host.on("message", (message) => void reply(message));
}
