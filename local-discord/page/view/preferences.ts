import { languageOf, pageLanguages, type Language } from "../texts/language.ts";

/** Choices that survive a reload. They are in the URL, so that two windows can be two people, and in localStorage. */
export interface Preferences {
  /** A user name; null before the first choice. */
  user: string | null;
  language: Language;
}

const keys = { user: "local-discord.user", language: "local-discord.language" };

export function loadPreferences(): Preferences {
  const query = new URLSearchParams(location.search);
  return {
    user: query.get("user") ?? localStorage.getItem(keys.user),
    language:
      languageOf(query.get("language")) ??
      languageOf(localStorage.getItem(keys.language)) ??
      languageOf(navigator.language, pageLanguages) ??
      "en-US",
  };
}

export function savePreferences({ user, language }: Preferences): void {
  const address = new URL(location.href);
  const primary = language.split("-")[0] ?? language;
  const short = languageOf(primary) === language ? primary : language;
  if (user !== null) {
    address.searchParams.set("user", user);
    localStorage.setItem(keys.user, user);
  }
  address.searchParams.set("language", short);
  localStorage.setItem(keys.language, short);
  history.replaceState(null, "", address);
}
