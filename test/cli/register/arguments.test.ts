import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/register/arguments.ts";

const GUILD = "1573801441280131072";

describe("the arguments of npm run register", () => {
  it.each([
    [[], { guild: undefined, remove: false }],
    [["--guild", GUILD], { guild: GUILD, remove: false }],
    [["--guild", GUILD, "--remove"], { guild: GUILD, remove: true }],
    [["--guild", "mine", "--help"], { help: true }],
  ])("say where: %j", (args, wanted) => {
    expect(readArguments(args)).toEqual(wanted);
  });

  it.each([
    [
      ["--guild", "mine"],
      "--guild takes the id of a server: its menu in Discord, Copy Server ID (developer mode).",
    ],
    [["everything"], "Unexpected argument 'everything'. This command does not take positional arguments"],
    [["--remove=all"], "Option '--remove' does not take an argument"],
  ])("may be wrong: %j", (args, mistake) => {
    expect(readArguments(args)).toEqual({ mistake });
  });
});
