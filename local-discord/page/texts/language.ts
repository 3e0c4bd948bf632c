import type { APIApplicationCommand, LocaleString } from "discord-api-types/v10";
import { english, type Texts } from "./en.ts";
import { french } from "./fr.ts";

/**
 * A locale of Discord, which interactions contain. Bots get any; the page itself has texts in English and French.
 * @see https://discord.com/developers/docs/reference#locales
 */
export type Language = LocaleString;

/** Each language's name in itself. Of languages with several locales, the first is meant by a tag without a region. */
const names: Record<Language, string> = {
  "en-US": "English",
  "en-GB": "English (UK)",
  fr: "Français",
  id: "Bahasa Indonesia",
  da: "Dansk",
  de: "Deutsch",
  "es-ES": "Español (España)",
  "es-419": "Español (Latinoamérica)",
  hr: "Hrvatski",
  it: "Italiano",
  lt: "Lietuvių",
  hu: "Magyar",
  nl: "Nederlands",
  no: "Norsk",
  pl: "Polski",
  "pt-BR": "Português (Brasil)",
  ro: "Română",
  fi: "Suomi",
  "sv-SE": "Svenska",
  vi: "Tiếng Việt",
  tr: "Türkçe",
  cs: "Čeština",
  el: "Ελληνικά",
  bg: "Български",
  ru: "Русский",
  uk: "Українська",
  hi: "हिन्दी",
  th: "ไทย",
  "zh-CN": "简体中文",
  "zh-TW": "繁體中文",
  ja: "日本語",
  ko: "한국어",
};

const isLanguage = (tag: string): tag is Language => Object.hasOwn(names, tag);

const languages = Object.keys(names).filter(isLanguage);

const primaryOf = (tag: string) => tag.split("-")[0];

/** The languages of the page's own texts. */
export const pageLanguages: readonly Language[] = ["en-US", "fr"];

/** Returns the language of a tag such as "fr", "fr-CA" or "en"; null for those that are not among these. */
export function languageOf(
  tag: string | null | undefined,
  among: readonly Language[] = languages,
): Language | null {
  if (!tag) return null;
  const sought = tag.toLowerCase();
  return (
    among.find((code) => code.toLowerCase() === sought) ??
    among.find((code) => primaryOf(code) === primaryOf(sought)) ??
    null
  );
}

/** The languages to choose from: those of the page, those in which the bot names its commands, and the current one. */
export function languageChoices(
  commands: readonly APIApplicationCommand[],
  current: Language,
): { code: Language; name: string }[] {
  const localized = commands.flatMap(({ name_localizations, description_localizations }) =>
    Object.keys({ ...name_localizations, ...description_localizations }),
  );
  const offered = new Set<string>([...pageLanguages, ...localized, current]);
  return languages.filter((code) => offered.has(code)).map((code) => ({ code, name: names[code] }));
}

/** The language of the page's own texts for a person with this language. */
export function pageLanguageOf(language: Language): Language {
  return languageOf(language, pageLanguages) ?? "en-US";
}

export function textsOf(language: Language): Texts {
  return pageLanguageOf(language) === "fr" ? french : english;
}
