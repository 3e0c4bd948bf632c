import type { APIApplicationCommand } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { sentAt } from "../../page/texts/dates.ts";
import { english } from "../../page/texts/en.ts";
import { french } from "../../page/texts/fr.ts";
import {
  languageChoices,
  languageOf,
  pageLanguageOf,
  pageLanguages,
  textsOf,
} from "../../page/texts/language.ts";

describe("a language of the page", () => {
  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["en", "en-US"],
    ["en-gb", "en-GB"],
    ["es", "es-ES"],
    ["es-419", "es-419"],
    ["xx", null],
    ["toString", null],
    ["", null],
  ])("is found by the tag %j", (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it("is one with texts if the browser chooses it", () => {
    expect(languageOf("de-DE", pageLanguages)).toBeNull();
    expect(languageOf("en-GB", pageLanguages)).toBe("en-US");
    expect(languageOf("fr-CA", pageLanguages)).toBe("fr");
  });

  it("has English texts and its own dates if the page has no texts in it", () => {
    expect([textsOf("de"), textsOf("en-GB"), textsOf("fr")]).toEqual([english, english, french]);
    expect(pageLanguageOf("de")).toBe("en-US");
    const at = new Date(2026, 9, 24, 19, 35).getTime();
    expect(sentAt(at, new Date(2026, 10, 24).getTime(), "de")).toBe("24.10.26, 19:35");
  });

  it("can be chosen if the bot names or describes a command in it, or if it is the current one", () => {
    const commands = [
      { name: "ping", name_localizations: { de: "ping" }, description_localizations: null },
      { name: "pong", description_localizations: { ja: "ピンポン", fr: "Un pong" } },
    ] as unknown as APIApplicationCommand[];
    const codes = (current: "en-US" | "pl") => languageChoices(commands, current).map(({ code }) => code);
    expect(codes("en-US")).toEqual(["en-US", "fr", "de", "ja"]);
    expect(codes("pl")).toEqual(["en-US", "fr", "de", "pl", "ja"]);
    expect(languageChoices([], "en-US").map(({ name }) => name)).toEqual(["English", "Français"]);
  });
});
