import { describe, expect, it } from "vitest";
import { en } from "../../src/texts/en.ts";
import { LANGUAGES, textsFor } from "../../src/texts/texts.ts";

describe("texts", () => {
  it.each([...LANGUAGES, ["en-GB", en], ["no-language", en], ["toString", en]])(
    "are selected by the locale %s",
    (locale, texts) => {
      expect(textsFor(locale)).toBe(texts);
    },
  );
});
