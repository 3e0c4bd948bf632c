import { describe, expect, it } from "vitest";
import project from "../package.json" with { type: "json" };
import { operate, TOKEN } from "./operator.ts";

describe("npm run token", () => {
  it("stores a token that Discord knows, encrypted, where the instances read it, and does not print it", async () => {
    const { code, out, err, kept } = await operate("token", { input: `${TOKEN}\n` });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("The token of hotdogs was stored.");
    expect(out).not.toContain(TOKEN);
    expect(kept).toEqual([
      { Name: "/hotdog-bot/discord-token", Value: TOKEN, Type: "SecureString", Overwrite: true },
    ]);
  });

  it("does so for a stack of another name", async () => {
    const { kept } = await operate("token", { input: TOKEN, args: ["hotdog-test"] });
    expect(kept).toMatchObject([{ Name: "/hotdog-test/discord-token" }]);
  });

  it("prints its usage or version on request, and its usage after a mistake, and stores nothing", async () => {
    const help = await operate("token", { input: TOKEN, args: ["--help"] });
    expect(help).toMatchObject({ code: 0, err: "", kept: [] });
    expect(help.out).toMatch(/^Usage: npm run token \[-- NAME\]\n/);
    const version = await operate("token", { input: TOKEN, args: ["--version"] });
    expect(version).toMatchObject({ code: 0, out: `${project.version}\n`, err: "", kept: [] });
    for (const args of [["--quick"], ["one", "two"]]) {
      const mistake = await operate("token", { input: TOKEN, args });
      expect(mistake).toMatchObject({ code: 1, out: "", kept: [] });
      expect(mistake.err).toContain("\n\nUsage: npm run token");
    }
  });

  it.each([
    ["", "No token was given.\n"],
    ["hello", "This is not a bot token. A token has three parts separated by dots.\n"],
    ["a.b.c", "Discord does not accept this token: reset it (Developer Portal → your application → Bot).\n"],
  ])("refuses %j", async (input, said) => {
    const { code, err, kept } = await operate("token", { input });
    expect({ code, err, kept }).toEqual({ code: 1, err: said, kept: [] });
  });
});
