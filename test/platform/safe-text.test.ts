import { describe, expect, it } from "vitest";
import { printable } from "../../src/platform/safe-text.ts";

describe("a file name in a line of text", () => {
  it("cannot move the cursor, change the reading direction or start a new line", () => {
    expect(printable("a\u{1b}[2Jb\nc\u{202e}gpj.exe")).toBe("a\\u{1b}[2Jb\\u{a}c\\u{202e}gpj.exe");
    expect(printable("Würstchen 🌭 süß.jpg")).toBe("Würstchen 🌭 süß.jpg");
  });
});
