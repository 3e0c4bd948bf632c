import { execFile, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

export interface Machine {
  /** Folder of its files. */
  root: string;
  /** Runs a script in bash with the commands of test/machine/. */
  run(script: string, environment?: Record<string, string>): Promise<{ code: number; output: string }>;
  /** Calls of these commands with their arguments, one per line. */
  calls(): string[];
  log(): string;
  /** Exit status of the service; undefined while it runs. */
  exitStatus(): number | undefined;
  /** Sends SIGTERM to the service. */
  stop(): void;
}

const COMMANDS = join(import.meta.dirname, "machine");
const NOTED = ["dnf", "mkswap", "swapon"];

/** Creates an Amazon Linux in a folder, as far as user data and the scripts of an instance need it. */
export function machine(): Machine {
  const folder = mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "machine-"));
  const [root, bin, calls] = ["root", "bin", "calls"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  cpSync(COMMANDS, bin, { recursive: true });
  for (const name of NOTED) symlinkSync("note", join(bin, name));
  const agent = join(root, "opt/aws/amazon-cloudwatch-agent/bin");
  for (const path of [agent, join(root, "etc"), join(root, "var/lib/cloud/data")])
    mkdirSync(path, { recursive: true });
  symlinkSync(join(bin, "note"), join(agent, "amazon-cloudwatch-agent-ctl"));
  writeFileSync(join(root, "var/lib/cloud/data/instance-id"), "i-0123456789abcdef0\n");
  writeFileSync(calls, "");

  const text = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const pid = (): number => Number(text(join(root, "main-pid")));

  function stop(signal: NodeJS.Signals): void {
    if (pid() === 0) return;
    try {
      process.kill(pid(), signal);
    } catch {
      // The process has ended.
    }
  }

  onTestFinished(() => {
    stop("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  return {
    root,
    async run(script, environment = {}) {
      const env = {
        ...process.env,
        PATH: `${bin}:${process.env["PATH"]}`,
        CALLS: calls,
        DESTDIR: root,
        SWAP_MIB: "1",
        ...environment,
      };
      const done = promisify(execFile)("bash", ["-c", script], { env });
      const { code, stdout, stderr } = await done.then(
        (outputs) => ({ code: 0, ...outputs }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
      return { code, output: stdout + stderr };
    },
    calls: () => text(calls).split("\n").slice(0, -1),
    log: () => text(join(root, "var/log/hotdog-bot/process.log")),
    exitStatus: () => {
      const status = text(join(root, "exit-status"));
      return status === "" ? undefined : Number(status);
    },
    stop: () => stop("SIGTERM"),
  };
}

/** Zips a folder as the CDK does. */
export function archiveOf(folder: string): string {
  const archive = `${folder}.zip`;
  const made = spawnSync("python3", ["-m", "zipfile", "-c", archive, "."], { cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`no archive: ${made.stderr}`);
  return archive;
}
