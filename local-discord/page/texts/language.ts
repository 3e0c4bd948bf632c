import { english, type Texts } from "./en.ts";
import { french } from "./fr.ts";

/** A language of the page, named like Discord's locales, which interactions contain. */
export type Language = "en-US" | "fr";

export const languages: readonly { code: Language; name: string }[] = [
  { code: "en-US", name: "English" },
  { code: "fr", name: "Français" },
];

/** Returns the language of a tag such as "fr", "fr-CA" or "en"; null for other languages. */
export function languageOf(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  const [primary] = tag.toLowerCase().split("-");
  return languages.find(({ code }) => code.split("-")[0] === primary)?.code ?? null;
}

export function textsOf(language: Language): Texts {
  return language === "fr" ? french : english;
}
