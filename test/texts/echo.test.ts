import { describe, expect, it } from "vitest";
import { codeBlock, echo } from "../../src/texts/echo.ts";

describe("echoed text", () => {
  it("is inline code, which neither formats nor pings", () => {
    expect(echo("**@everyone**")).toBe("`**@everyone**`");
  });

  it("cannot end the inline code", () => {
    expect(echo("``<@1>`")).toBe("`ˋˋ<@1>ˋ`");
  });

  it("names invisible characters and those that change the reading direction", () => {
    expect(echo("1\u202E2\u0000\u200B")).toBe("`1(U+202E)2(U+0000)(U+200B)`");
  });

  it("is cut when it is long, between characters", () => {
    expect(echo("🌭".repeat(50))).toBe(`\`${"🌭".repeat(40)}…\``);
  });

  it("stays short when its characters are named", () => {
    expect(echo("\u{E0041}".repeat(300)).length).toBeLessThanOrEqual(83);
  });
});

describe("a code block of what was typed", () => {
  it("keeps its spaces", () => {
    expect(codeBlock("3  5 8", 100)).toBe("```\n3  5 8\n```");
  });

  it("is never longer than its limit, and is cut between characters", () => {
    for (let room = 12; room < 60; room += 1) {
      const block = codeBlock("🌭 `\u0000 ".repeat(10), room);
      expect(block.length).toBeLessThanOrEqual(room);
      expect(block).toMatch(/^```\n[^`\p{Cs}]*…\n```$/u);
    }
  });
});
