import { en, type Texts } from "./en.ts";
import { fr } from "./fr.ts";

export type { Texts };

/** Every language, by the Discord locale that selects it. English, the first, is also used for all other locales. */
export const LANGUAGES: ReadonlyMap<string, Texts> = new Map([
  ["en-US", en],
  ["fr", fr],
]);

/** @param locale a Discord locale, such as "fr" or "en-GB" */
export function textsFor(locale: string): Texts {
  return LANGUAGES.get(locale) ?? en;
}
