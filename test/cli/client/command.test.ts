import { describe, expect, it } from "vitest";
import { clientCommand } from "../../../src/cli/client/command.ts";
import { parse } from "../parse.ts";

describe("the arguments of npm run client", () => {
  it.each([
    ["3 5 8", { timeout: 30, request: "3 5 8" }],
    ["-3 5 --8", { timeout: 30, request: "-3 5 --8" }],
    ["--timeout 2 3", { timeout: 2, request: "3" }],
    ["3 --timeout=900 5", { timeout: 900, request: "3 5" }],
    ["3 --help", "help"],
    ["--quick", { mistake: expect.stringMatching(/^Unknown option '--quick'/) }],
    ["--timeout=", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["--timeout 0", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["--timeout 901", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["3 --timeout", { mistake: "Option '--timeout <value>' argument missing" }],
    ["--timeout -3", { mistake: "--timeout takes whole seconds from 1 to 900." }],
    ["3 -x -- 5", { timeout: 30, request: "3 -x -- 5" }],
  ])("are parsed: %s", (words, meaning) => {
    expect(parse(clientCommand, words)).toEqual(meaning);
  });

  it("are a request, even if it is empty; without any, lines are read from the input", () => {
    expect(parse(clientCommand, [""])).toEqual({ timeout: 30, request: "" });
    expect(parse(clientCommand, [])).toEqual({ timeout: 30, request: undefined });
  });
});
