import type { APIApplicationCommand } from "discord-api-types/v10";
import type { Directory } from "./check-command-line.ts";
import { commandWord, readCommandLine, type CommandLine } from "./command-line.ts";
import { suggestCommands } from "./suggest-commands.ts";
import { suggestMentions } from "./suggest-mentions.ts";
import { suggestOptions } from "./suggest-options.ts";
import { suggestValues } from "./suggest-values.ts";
import type { Suggestions } from "./suggestions.ts";

/** Returns the suggestions at the caret; null if there are none. */
export function suggest(
  text: string,
  caret: number,
  commands: readonly APIApplicationCommand[],
  directory: Directory,
): Suggestions | null {
  const word = commandWord(text);
  if (word === null) return suggestMentions(text, caret, directory);
  const found =
    caret <= word.length + 1
      ? suggestCommands(word, commands, directory)
      : suggestInside(text, caret, readCommandLine(text, commands, directory.language), directory);
  return found !== null && found.items.length > 0 ? found : null;
}

function suggestInside(
  text: string,
  caret: number,
  line: CommandLine | null,
  directory: Directory,
): Suggestions | null {
  if (line === null) return null;
  return suggestValues(text, caret, line, directory) ?? suggestOptions(text, caret, line, directory);
}
