import { describe, expect, it } from "vitest";
import { importCommand } from "../../../src/cli/import/command.ts";
import { parse } from "../parse.ts";

describe("the arguments of npm run import", () => {
  it.each([
    [
      ["a.png", "photos", "s3://b/c"],
      { starter: false, removeStarter: false, paths: ["a.png", "photos", "s3://b/c"] },
    ],
    [["--starter"], { starter: true, removeStarter: false, paths: [] }],
    [["--starter", "a.png"], { starter: true, removeStarter: false, paths: ["a.png"] }],
    [["--remove-starter"], { starter: false, removeStarter: true, paths: [] }],
    [["--remove-starter", "a.png"], { starter: false, removeStarter: true, paths: ["a.png"] }],
    [["--", "--starter"], { starter: false, removeStarter: false, paths: ["--starter"] }],
    [["--starter", "--help"], "help"],
  ])("are parsed: %j", (args, meaning) => {
    expect(parse(importCommand, args)).toEqual(meaning);
  });

  it.each([
    [[], "There is nothing to add."],
    [["--starter", "--remove-starter"], "--starter and --remove-starter exclude each other."],
    [["--starter=yes"], "Option '--starter' does not take an argument"],
    [["--beginner"], expect.stringMatching(/^Unknown option '--beginner'/)],
  ])("are refused: %j", (args, mistake) => {
    expect(parse(importCommand, args)).toEqual({ mistake });
  });
});
