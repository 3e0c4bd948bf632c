import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/client/arguments.ts";

describe("the words after npm run client --", () => {
  it.each([
    ["3 5 8", { timeout: 30, request: "3 5 8" }],
    ["-3 5 --8", { timeout: 30, request: "-3 5 --8" }],
    ["--timeout 2 3", { timeout: 2, request: "3" }],
    ["3 --timeout=900 5", { timeout: 900, request: "3 5" }],
    ["3 --help", { help: true }],
    ["--quick", { mistake: "There is no option --quick." }],
    ["--timeout=", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["--timeout 0", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["--timeout 901", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["3 --timeout", { mistake: "--timeout takes whole seconds from 1 to 900." }],
  ])("are understood: %s", (words, meaning) => {
    expect(readArguments(words.split(" "))).toEqual(meaning);
  });

  it("are a request as soon as there is one, even of nothing, and else lines are read", () => {
    expect(readArguments([""])).toEqual({ timeout: 30, request: "" });
    expect(readArguments([])).toEqual({ timeout: 30, request: undefined });
  });
});
