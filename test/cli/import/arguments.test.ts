import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/import/arguments.ts";

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
    [["--starter", "--help"], { help: true }],
  ])("say what to add: %j", (args, wanted) => {
    expect(readArguments(args)).toEqual(wanted);
  });

  it.each([
    [[], "Nothing to add."],
    [["--starter", "--remove-starter"], "--starter and --remove-starter do not go together."],
    [["--starter=yes"], "Option '--starter' does not take an argument"],
    [["--beginner"], expect.stringMatching(/^Unknown option '--beginner'/)],
  ])("may be wrong: %j", (args, mistake) => {
    expect(readArguments(args)).toEqual({ mistake });
  });
});
