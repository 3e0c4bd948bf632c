import type { APIApplicationCommand } from "discord-api-types/v10";
import { commandType } from "../discord.ts";
import { isTyped, optionsOf } from "./command-line.ts";
import { stepsOf } from "./command-path.ts";
import type { Directory } from "./check-command-line.ts";
import { choicesOf } from "./choices.ts";
import { isCalled, localDescription, localName } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/** Suggests the commands whose name, default or localized, starts with the word. */
export function suggestCommands(
  word: string,
  commands: readonly APIApplicationCommand[],
  directory: Directory,
): Suggestions {
  const { language } = directory;
  const fitting = commands.filter(
    (command) =>
      command.type === commandType.chatInput &&
      [command.name, localName(command, language)].some((name) => startsWith(name, word)),
  );
  return {
    kind: "commands",
    of: "",
    from: 0,
    to: word.length + 1,
    items: fitting.map((command) => ({
      key: command.id,
      label: `/${localName(command, language)}`,
      description: localDescription(command, language),
      insert: commandStart(command, directory),
    })),
    enterAccepts: !fitting.some((command) => isCalled(command, word, language)),
  };
}

/**
 * Returns the text that starts a command: `/echo `, or `/remind who:` if there are several required options, or if the only one
 * has choices, which are then listed.
 * @param path names of the subcommand group and subcommand: `/project create `
 */
export function commandStart(
  command: APIApplicationCommand,
  directory: Directory,
  path: readonly string[] = [],
): string {
  const { language } = directory;
  const steps = stepsOf(command, path) ?? [command];
  const words = steps.map((step) => localName(step, language)).join(" ");
  const required = optionsOf(steps.at(-1) ?? command).filter((option) => option.required && isTyped(option));
  const [first] = required;
  const named = first && (required.length > 1 || choicesOf(first, directory) !== null);
  return `/${words} ${named ? `${localName(first, language)}:` : ""}`;
}
