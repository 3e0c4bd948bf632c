import { describe, expect, it } from "vitest";
import { printable } from "../../src/platform/safe-text.ts";

describe("a file's name in a line", () => {
  it("can move no cursor, turn no direction and begin no line", () => {
    expect(printable("a\u{1b}[2Jb\nc\u{202e}gpj.exe")).toBe("a\\u{1b}[2Jb\\u{a}c\\u{202e}gpj.exe");
    expect(printable("Würstchen 🌭 süß.jpg")).toBe("Würstchen 🌭 süß.jpg");
  });
});
