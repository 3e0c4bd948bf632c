import { en, type Texts } from "./en.ts";
import { fr } from "./fr.ts";

export type { Texts };

export const LANGUAGES: readonly Texts[] = [en, fr];

/** @param locale one of Discord's, such as "fr" or "en-GB"; English where there is no translation */
export function textsFor(locale: string): Texts {
  return locale === "fr" ? fr : en;
}
