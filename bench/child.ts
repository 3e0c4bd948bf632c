import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { env } from "node:process";
import { pathToFileURL } from "node:url";

/** A script in a process of its own, which does not outlive the bench, also where that is killed. */
export interface Child extends AsyncDisposable {
  pid: number;
  /** Sends a message, if one is given, and resolves with the next from there. Rejects when the process has ended. */
  ask(message?: object | string): Promise<unknown>;
}

interface Options {
  /** Beside those that this process has. */
  settings?: Record<string, string>;
  args?: string[];
  /** What Node loads before the script; a path from here. */
  preload?: string;
  /** Of V8. */
  flags?: string[];
}

const path = (script: string): string => join(import.meta.dirname, script);

/** @param script its path from here; what it writes to its standard output goes nowhere */
export function startChild(
  script: string,
  { settings = {}, args = [], preload, flags = [] }: Options = {},
): Child {
  const child = fork(path("dependent-process.ts"), [path(script), ...args], {
    env: { ...env, ...settings },
    execArgv: preload === undefined ? flags : [...flags, "--import", pathToFileURL(path(preload)).href],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const gone = exited.then(() => Promise.reject(new Error(`the process of ${script} has ended`)));
  gone.catch(() => {});

  return {
    pid: child.pid ?? Number.NaN,

    async ask(message) {
      const answered = once(child, "message");
      if (message !== undefined) child.send(message);
      const [answer]: unknown[] = await Promise.race([answered, gone]);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** In such a process: answers each message. */
export function answerParent(host: NodeJS.Process, answer: (message: unknown) => unknown): void {
  const reply = async (message: unknown): Promise<void> => void host.send?.(await answer(message));
  // What rejects ends this process, and thereby the bench.
  host.on("message", (message) => void reply(message));
}
