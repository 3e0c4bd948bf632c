import { describe, expect, it } from "vitest";
import { parseNoArguments, parseCommand } from "../../src/cli/parse-command.ts";
import { writtenStreams } from "../written-streams.ts";

const USAGE = "Usage: npm run do\n\n  --help  this text\n";

/** What a process with these arguments does with them. */
function outcomeOf<Wanted extends object>(
  args: string[],
  readArguments: (args: string[]) => Wanted | { help: true } | { mistake: string },
) {
  const { written, streams } = writtenStreams("stdout", "stderr");
  const host = {
    argv: ["node", "main.ts", ...args],
    exitCode: undefined,
    ...streams,
  } as unknown as NodeJS.Process;
  const wanted = parseCommand(host, USAGE, readArguments);
  return { wanted, exitCode: host.exitCode, ...written };
}

describe("the arguments of a command", () => {
  it("say what it is to do, of which nothing is printed", () => {
    expect(outcomeOf(["a", "b"], (paths) => ({ paths }))).toEqual({
      wanted: { paths: ["a", "b"] },
      exitCode: undefined,
      stdout: "",
      stderr: "",
    });
  });

  it("may ask for its usage, which goes to the standard output", () => {
    const outcome = outcomeOf(["--help"], parseNoArguments);
    expect(outcome).toEqual({ wanted: undefined, exitCode: undefined, stdout: USAGE, stderr: "" });
  });

  it("are a mistake, which goes to the standard error with the usage, and ends with 1", () => {
    const outcome = outcomeOf(["\u{1b}[2J"], ([first = ""]) => ({ mistake: `There is no ${first}.` }));
    expect(outcome).toEqual({
      wanted: undefined,
      exitCode: 1,
      stdout: "",
      stderr: `There is no \\u{1b}[2J.\n\n${USAGE}`,
    });
  });
});

describe("a command without arguments", () => {
  it.each([
    [[], {}],
    [["--help"], { help: true }],
    [["now"], { mistake: "Unexpected argument 'now'. This command does not take positional arguments" }],
    [["--help=now"], { mistake: "Option '--help' does not take an argument" }],
    [["--quick"], { mistake: expect.stringMatching(/^Unknown option '--quick'/) }],
  ])("takes %j so", (args, meaning) => {
    expect(parseNoArguments(args)).toEqual(meaning);
  });
});
