import { describe, expect, it } from "vitest";
import { en } from "../../src/texts/en.ts";
import { fr } from "../../src/texts/fr.ts";
import { textsFor } from "../../src/texts/texts.ts";

describe("texts", () => {
  it.each([
    ["fr", fr],
    ["en-US", en],
    ["en-GB", en],
    ["no-language", en],
    ["toString", en],
  ])("are selected by the locale %s", (locale, texts) => {
    expect(textsFor(locale)).toBe(texts);
  });
});
