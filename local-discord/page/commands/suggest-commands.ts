import type { APIApplicationCommand } from "discord-api-types/v10";
import { isTyped } from "./command-line.ts";
import type { Directory } from "./check-command-line.ts";
import { choicesOf } from "./choices.ts";
import { slashCommandsOf, type Invocable } from "./invocables.ts";
import { localName, localSummary, localTitle } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/** Suggests the commands and subcommands whose name, default or localized, starts with the typed text after the slash. */
export function suggestCommands(
  typed: string,
  commands: readonly APIApplicationCommand[],
  directory: Directory,
): Suggestions {
  const { language } = directory;
  const start = typed.replaceAll(/ +/g, " ");
  const namesOf = (one: Invocable) => [one.name, localTitle(one, language)];
  const fitting = slashCommandsOf(commands).filter((one) =>
    namesOf(one).some((name) => startsWith(name, start)),
  );
  return {
    kind: "commands",
    of: "",
    from: 0,
    to: typed.length + 1,
    items: fitting.map((one) => ({
      key: `${one.command.id} ${one.name}`,
      label: `/${localTitle(one, language)}`,
      description: localSummary(one, language),
      insert: commandStart(one, directory),
    })),
    enterAccepts: !fitting.some((one) =>
      namesOf(one).some((name) => name.toLowerCase() === start.toLowerCase()),
    ),
  };
}

/**
 * Returns the text that starts a command: `/echo `, or `/remind who:` if there are several required options, or if the only one
 * has choices, which are then listed.
 */
export function commandStart(invocable: Invocable, directory: Directory): string {
  const { language } = directory;
  const required = invocable.options.filter((option) => option.required && isTyped(option));
  const [first] = required;
  const named = first && (required.length > 1 || choicesOf(first, directory) !== null);
  return `/${localTitle(invocable, language)} ${named ? `${localName(first, language)}:` : ""}`;
}
