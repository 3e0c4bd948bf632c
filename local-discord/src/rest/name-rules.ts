import { Locale } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";

type Localizations = Readonly<Record<string, string | null | undefined>> | null | undefined;

/** The names and descriptions of a command, option or choice, in all languages. */
export interface Localized {
  name: string;
  name_localizations?: Localizations;
  description?: string | null | undefined;
  description_localizations?: Localizations;
}

/** @see https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const validName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const locales: readonly string[] = Object.values(Locale);

/** Checks the names of a slash command or of its option. Other commands and choices may have any name. */
export function badNames({ name, name_localizations: localized }: Localized, path: string[]): FieldFault[] {
  const others = Object.entries(localized ?? {})
    .filter(([, text]) => !isValid(text ?? name))
    .flatMap(([locale]) => [{ path: [...path, "name_localizations", locale], ...invalidName }]);
  return isValid(name) ? others : [{ path: [...path, "name"], ...invalidName }, ...others];
}

function isValid(name: string): boolean {
  return validName.test(name) && name === name.toLowerCase();
}

/** @see https://discord.com/developers/docs/reference#locales */
export function badLocales(localized: Localized, path: string[]): FieldFault[] {
  return (["name_localizations", "description_localizations"] as const).flatMap((field) =>
    Object.keys(localized[field] ?? {})
      .filter((locale) => !locales.includes(locale))
      .flatMap((locale) => [{ path: [...path, field, locale], ...unknownLocale }]),
  );
}

const invalidName = { code: "APPLICATION_COMMAND_INVALID_NAME", message: "Command name is invalid" };

const unknownLocale = {
  code: "BASE_TYPE_CHOICES",
  message: `Value must be one of (${locales.map((locale) => `'${locale}'`).join(", ")}).`,
};
