import { describe, expect, it } from "vitest";
import { registerCommand } from "../../../src/cli/register/command.ts";
import { parse } from "../parse.ts";

const GUILD = "1573801441280131072";

describe("the arguments of npm run register", () => {
  it.each([
    [[], { guild: undefined, remove: false }],
    [["--guild", GUILD], { guild: GUILD, remove: false }],
    [["--guild", GUILD, "--remove"], { guild: GUILD, remove: true }],
    [["--guild", "mine", "--help"], "help"],
  ])("are parsed: %j", (args, meaning) => {
    expect(parse(registerCommand, args)).toEqual(meaning);
  });

  it.each([
    [
      ["--guild", "mine"],
      "--guild takes the id of a server: in Discord, right-click the server → Copy Server ID (developer mode).",
    ],
    [["everything"], "Unexpected argument 'everything'."],
    [["--remove=all"], "Option '--remove' does not take an argument"],
  ])("are refused: %j", (args, mistake) => {
    expect(parse(registerCommand, args)).toEqual({ mistake });
  });
});
