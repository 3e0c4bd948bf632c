import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import project from "../../package.json" with { type: "json" };
import { clientCommand } from "../../src/cli/client/command.ts";
import { deadLettersCommand } from "../../src/cli/dead-letters/command.ts";
import { exportCommand } from "../../src/cli/export/command.ts";
import { importCommand } from "../../src/cli/import/command.ts";
import { projectsCommand } from "../../src/cli/projects/command.ts";
import { registerCommand } from "../../src/cli/register/command.ts";
import {
  abortOnSignal,
  exitOnBrokenPipe,
  exitWithReason,
  runCommand,
  runService,
  UsageError,
  type Command,
} from "../../src/cli/run-command.ts";
import { StartError } from "../../src/platform/start-error.ts";
import { memoryStreams } from "../memory-streams.ts";
import { parse } from "./parse.ts";

const USAGE = "Usage: npm run do\n\n  --help  print this text\n";

const options = { quick: { type: "boolean" } } as const;
const command: Command<typeof options, { quick: boolean; paths: string[] }> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  isOption: (arg) => arg.startsWith("--"),
  parse({ values: { quick = false }, positionals: paths }) {
    if (paths.includes("\u{1b}[2J")) throw new UsageError(`There is no ${paths.join(" ")}.`);
    return { quick, paths };
  },
};

class Exited extends Error {}

/** A process with these arguments, which records what it prints and its exit code. */
function fakeProcess(args: string[]) {
  const { written, streams } = memoryStreams("stdout", "stderr");
  const host = Object.assign(new EventEmitter(), {
    argv: ["node", "main.ts", ...args],
    env: {},
    exitCode: undefined as number | undefined,
    ...streams,
    exit(code: number): never {
      host.exitCode = code;
      throw new Exited();
    },
  });
  return { host: host as unknown as NodeJS.Process, written, code: () => host.exitCode };
}

type Run = Parameters<typeof runCommand<typeof options, { quick: boolean; paths: string[] }>>[2];

async function outcomeOf(args: string[], run: Run) {
  const { host, written, code } = fakeProcess(args);
  await runCommand(host, command, run).catch((error: unknown) => {
    if (!(error instanceof Exited)) throw error;
  });
  return { ...written, code: code() };
}

describe("running a command", () => {
  it("passes on its arguments, and exits with the code that it returns", async () => {
    const run = vi.fn<Run>(async () => 2);
    expect(await outcomeOf(["a", "--quick", "-3"], run)).toEqual({ stdout: "", stderr: "", code: 2 });
    expect(run.mock.calls[0]?.[0]).toEqual({ quick: true, paths: ["a", "-3"] });
    expect(await outcomeOf([], async () => {})).toEqual({ stdout: "", stderr: "", code: 0 });
  });

  it("prints its usage with --help and does nothing", async () => {
    const run = vi.fn<Run>();
    expect(await outcomeOf(["\u{1b}[2J", "--help"], run)).toEqual({
      stdout: USAGE,
      stderr: "",
      code: undefined,
    });
    expect(run).not.toHaveBeenCalled();
  });

  it("prints the version of the package with --version and does nothing", async () => {
    const run = vi.fn<Run>();
    const outcome = await outcomeOf(["--version"], run);
    expect(outcome).toEqual({ stdout: `${project.version}\n`, stderr: "", code: undefined });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    [["\u{1b}[2J"], "There is no \\u{1b}[2J."],
    [["--slow"], "Unknown option '--slow'"],
    [["--a\u{1b}[31m"], "Unknown option '--a\\u{1b}[31m'"],
    [["--quick=yes"], "Option '--quick' does not take an argument"],
    [["--help=now"], "Option '--help' does not take an argument"],
  ])("says what is wrong with %j, prints its usage and exits with 1", async (args, mistake) => {
    const run = vi.fn<Run>();
    const { stdout, stderr, code } = await outcomeOf(args, run);
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(stderr.startsWith(mistake)).toBe(true);
    expect(stderr.endsWith(`\n\n${USAGE}`)).toBe(true);
    expect(run).not.toHaveBeenCalled();
  });

  it("refuses positional arguments if it takes none", () => {
    expect(parse({ ...command, takesPositionals: false }, ["now"])).toEqual({
      mistake: "Unexpected argument 'now'.",
    });
  });

  it("exits with 1 after an error, and prints a stack only if the error is unexpected", async () => {
    const expected = await outcomeOf([], () => Promise.reject(new StartError("The store is away.")));
    expect(expected).toEqual({ stdout: "", stderr: "The store is away.\n", code: 1 });
    const unexpected = await outcomeOf([], () => Promise.reject(new RangeError("what?")));
    expect(unexpected.code).toBe(1);
    expect(unexpected.stderr).toMatch(/^RangeError: what\?\n {4}at /);
  });

  it("exits with 130 at Ctrl+C, unless it stops gracefully", async () => {
    const { host, code } = fakeProcess([]);
    await runCommand(host, command, async () => 0);
    expect(() => host.emit("SIGINT")).toThrow(Exited);
    expect(code()).toBe(130);

    const other = fakeProcess([]);
    const run: Run = async (_, { signal }) => {
      expect(signal.aborted).toBe(false);
      other.host.emit("SIGINT");
      return signal.aborted ? 7 : 0;
    };
    await runCommand(other.host, { ...command, stopsGracefully: true }, run);
    expect(other.code()).toBe(7);
  });
});

describe("running a service", () => {
  it.each([
    [["--help"], { stdout: USAGE, stderr: "", code: undefined }],
    [["--version"], { stdout: `${project.version}\n`, stderr: "", code: undefined }],
    [["now"], { stdout: "", stderr: `Unexpected argument 'now'.\n\n${USAGE}`, code: 1 }],
  ])("accepts no argument but --help and --version: %j", async (args, outcome) => {
    const { host, written, code } = fakeProcess(args);
    const start = vi.fn<() => Promise<void>>();
    await runService(host, USAGE, start);
    expect({ ...written, code: code() }).toEqual(outcome);
    expect(start).not.toHaveBeenCalled();
  });

  it("says that it cannot start, and why", async () => {
    const { host, written, code } = fakeProcess([]);
    const start = () => Promise.reject(new StartError("Port 1 is taken."));
    await expect(runService(host, USAGE, start)).rejects.toThrow(Exited);
    expect({ ...written, code: code() }).toEqual({
      stdout: "",
      stderr: "hotdog-bot cannot start. Port 1 is taken.\n",
      code: 1,
    });
  });
});

it("the reason of a failure contains no secret and no control characters", () => {
  const { host, written } = fakeProcess([]);
  const reason = new StartError(`It said\n  MTU3Mzc5NDI0MjExNzE0NDU3Ng.GhIjKl.${"a".repeat(38)}\u001b[2J`);
  expect(() => exitWithReason(reason, host)).toThrow(Exited);
  expect(written.stderr).toBe("It said\n  [redacted]\\u{1b}[2J\n");
});

describe("a command that stops gracefully", () => {
  function started() {
    const host = new EventEmitter();
    const exit = vi.fn<(code?: number) => never>();
    let now = 10_000;
    const signal = abortOnSignal(Object.assign(host, { exit }) as never, () => now);
    const receive = (name: NodeJS.Signals, after = 0): void => {
      now += after;
      host.emit(name);
    };
    return { signal, exit, receive };
  }

  it.each(["SIGINT", "SIGTERM"] as const)("is aborted at %s", (name) => {
    const { signal, exit, receive } = started();
    expect(signal.aborted).toBe(false);
    receive(name);
    expect(signal.aborted).toBe(true);
    expect(exit).not.toHaveBeenCalled();
  });

  it("treats a signal and npm's copy of it as one", () => {
    const { exit, receive } = started();
    receive("SIGINT");
    receive("SIGINT", 500);
    expect(exit).not.toHaveBeenCalled();
  });

  it.each(["SIGINT", "SIGTERM"] as const)("exits at once at a second signal, %s", (name) => {
    const { exit, receive } = started();
    receive("SIGINT");
    receive(name, 501);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  });
});

describe("a command that cannot write to its standard output", () => {
  function failingOutput() {
    const stdout = new EventEmitter();
    const exit = vi.fn<(code?: number) => never>();
    exitOnBrokenPipe({ stdout, exit } as unknown as NodeJS.Process);
    const fail = (code: string) => stdout.emit("error", Object.assign(new Error(code), { code }));
    return { exit, fail };
  }

  it("exits with 141, as after SIGPIPE, when its reader is gone", () => {
    const { exit, fail } = failingOutput();
    fail("EPIPE");
    expect(exit).toHaveBeenCalledExactlyOnceWith(141);
  });

  it("throws any other error", () => {
    const { exit, fail } = failingOutput();
    expect(() => fail("ENOSPC")).toThrow("ENOSPC");
    expect(exit).not.toHaveBeenCalled();
  });
});

const COMMANDS = {
  clientCommand,
  deadLettersCommand,
  exportCommand,
  importCommand,
  projectsCommand,
  registerCommand,
};

it.each(Object.entries(COMMANDS))(
  "the usage of %s explains every option",
  (_, { usage, options: declared }) => {
    for (const option of ["help", "version", ...Object.keys(declared)])
      expect(usage).toMatch(new RegExp(`^ +--${option}\\b`, "m"));
  },
);
