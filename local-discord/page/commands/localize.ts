import type { APIApplicationCommand, LocalizationMap } from "discord-api-types/v10";
import { commandType } from "../discord.ts";
import type { Language } from "../texts/language.ts";
import { slashCommandsOf, type Invocable } from "./invocables.ts";

interface Named {
  name: string;
  name_localizations?: LocalizationMap | null | undefined;
}

interface Described {
  description: string;
  description_localizations?: LocalizationMap | null | undefined;
}

export function localName(named: Named, language: Language): string {
  return named.name_localizations?.[language] ?? named.name;
}

export function localDescription(described: Described, language: Language): string {
  return described.description_localizations?.[language] ?? described.description;
}

/** Returns the name of a command or subcommand, as in "project create". */
export function localTitle({ command, path }: Invocable, language: Language): string {
  return [command, ...path].map((named) => localName(named, language)).join(" ");
}

/**
 * Returns what people read above the answer to a command, as in "/project create" or "Add to image set".
 * @param title the same with the default names. Returned as it is if no command has it
 */
export function localUsedTitle(
  title: string,
  commands: readonly APIApplicationCommand[],
  language: Language,
): string {
  const typed = slashCommandsOf(commands).find(({ name }) => `/${name}` === title);
  if (typed !== undefined) return `/${localTitle(typed, language)}`;
  const chosen = commands.find(({ type, name }) => type !== commandType.chatInput && name === title);
  return chosen === undefined ? title : localName(chosen, language);
}

/** Returns the description of a subcommand, or of a command without subcommands. */
export function localSummary({ command, path }: Invocable, language: Language): string {
  return localDescription(path.at(-1) ?? command, language);
}

/** Whether a word is the name, or the name in this language. */
export function isCalled(named: Named, word: string, language: Language): boolean {
  const sought = word.toLowerCase();
  return named.name.toLowerCase() === sought || localName(named, language).toLowerCase() === sought;
}
