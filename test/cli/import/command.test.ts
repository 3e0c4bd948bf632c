import { describe, expect, it } from "vitest";
import { importCommand } from "../../../src/cli/import/command.ts";
import { parse } from "../parse.ts";

const NOTHING = { starter: false, removeStarter: false, project: undefined, gold: undefined };

describe("the arguments of npm run import", () => {
  it.each([
    [["a.png", "photos", "s3://b/c"], { ...NOTHING, paths: ["a.png", "photos", "s3://b/c"] }],
    [["--starter"], { ...NOTHING, starter: true, paths: [] }],
    [["--starter", "a.png"], { ...NOTHING, starter: true, paths: ["a.png"] }],
    [["--remove-starter"], { ...NOTHING, removeStarter: true, paths: [] }],
    [["--remove-starter", "a.png"], { ...NOTHING, removeStarter: true, paths: ["a.png"] }],
    [["--", "--starter"], { ...NOTHING, paths: ["--starter"] }],
    [["--project", "12", "a.png"], { ...NOTHING, project: "12", paths: ["a.png"] }],
    [["--gold", "gold.csv"], { ...NOTHING, gold: "gold.csv", paths: [] }],
    [["--gold", "gold.csv", "--project=12"], { ...NOTHING, gold: "gold.csv", project: "12", paths: [] }],
    [["--starter", "--help"], "help"],
  ])("are parsed: %j", (args, meaning) => {
    expect(parse(importCommand, args)).toEqual(meaning);
  });

  it.each([
    [[], "There is nothing to add."],
    [["--starter", "--remove-starter"], "--starter and --remove-starter exclude each other."],
    [["--project", "12", "--starter"], expect.stringMatching(/^The starter images are of hot dogs/)],
    [["--project", "cats", "a.png"], expect.stringMatching(/^--project needs the id of a project/)],
    [["--gold="], "--gold needs the path of a CSV file."],
    [["--gold=a.csv", "b.png"], expect.stringMatching(/^--gold adds no images: import them first/)],
    [["--gold=a.csv", "--starter"], expect.stringMatching(/^--gold adds no images: import them first/)],
    [["--starter=yes"], "Option '--starter' does not take an argument"],
    [["--beginner"], expect.stringMatching(/^Unknown option '--beginner'/)],
  ])("are refused: %j", (args, mistake) => {
    expect(parse(importCommand, args)).toEqual({ mistake });
  });
});
