import type { APIApplicationCommand } from "discord-api-types/v10";
import { commandType } from "../discord.ts";
import { isTyped, optionsOf } from "./command-line.ts";
import type { Directory } from "./check-command-line.ts";
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

/** Returns the text that starts a command: `/echo `, or `/remind who:` for a command with several required options. */
export function commandStart(command: APIApplicationCommand, { language }: Directory): string {
  const required = optionsOf(command).filter((option) => option.required && isTyped(option));
  const first = required.length > 1 ? `${localName(required[0] ?? command, language)}:` : "";
  return `/${localName(command, language)} ${first}`;
}
