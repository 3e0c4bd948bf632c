import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findWords, parseRules } from "../scripts/check-words.ts";

const rules = parseRules(readFileSync(new URL("../scripts/words-to-avoid.txt", import.meta.url), "utf8"));

function found(text: string): string[] {
  return findWords(text, rules).map((finding) => finding.found);
}

describe("npm run words", () => {
  it("reports the line, the words and what to write instead", () => {
    expect(findWords("A label.\nNames parted by commas.", rules)).toEqual([
      { line: 2, found: "parted by", advice: "separated by" },
    ]);
  });

  it.each([
    ["reads the list anew", "anew"],
    ["function encodeAnew()", "Anew"],
    ["8080 unless told", "unless told"],
    ["/** Of one delivery. */", "/** Of"],
    [" * Of its bytes.", " * Of"],
    ["an image that is labelled", "labelled"],
    ["the Licence", "Licence"],
    ["open the playground", "playground"],
    ["numbers that are none", "are none"],
  ])("finds a word in %j", (text, word) => {
    expect(found(text)).toEqual([word]);
  });

  it.each([
    "labeled images, labeling, a labeler, colors, a license",
    'join("data", "playground")',
    "PLAYGROUND_PORT=8080",
    "the folder data/playground",
    "empty if there are none",
    'aria-labelledby="menu"',
    "/** Offers a removal. */",
    " * of the first page, a sentence that goes on",
  ])("finds nothing in %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("refuses a rule without advice", () => {
    expect(() => parseRules("anew")).toThrow("not a rule: anew");
  });
});
