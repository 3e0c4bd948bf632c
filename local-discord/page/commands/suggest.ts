import type { APIApplicationCommand } from "discord-api-types/v10";
import type { Autocompletion } from "./autocompletion.ts";
import type { Directory } from "./check-command-line.ts";
import { commandWord, readCommandLine, type CommandLine } from "./command-line.ts";
import { suggestCommands } from "./suggest-commands.ts";
import { suggestMentions } from "./suggest-mentions.ts";
import { suggestOptions } from "./suggest-options.ts";
import { suggestValues } from "./suggest-values.ts";
import type { Suggestions } from "./suggestions.ts";

/**
 * Returns the suggestions at the caret; null if there are none.
 * @param autocompletion the bot's answer for the option at the caret, if it has autocompletion
 */
export function suggest(
  text: string,
  caret: number,
  commands: readonly APIApplicationCommand[],
  directory: Directory,
  autocompletion: Autocompletion | null = null,
): Suggestions | null {
  if (commandWord(text) === null) return suggestMentions(text, caret, directory);
  const line = readCommandLine(text, commands, directory.language);
  const found =
    line === null || caret <= line.nameEnd
      ? suggestCommands(nameAt(text, caret, line), commands, directory)
      : (suggestValues(text, caret, line, { directory, autocompletion }) ??
        suggestOptions(text, caret, line, directory));
  return found !== null && (found.items.length > 0 || found.status !== undefined) ? found : null;
}

/** Returns the name of the command, or what is typed of it: the text up to the end of the word at the caret. */
function nameAt(text: string, caret: number, line: CommandLine | null): string {
  const rest = /^[^\s/]*/.exec(text.slice(Math.max(caret, 1)))?.[0] ?? "";
  return text.slice(1, line?.nameEnd ?? Math.max(caret, 1) + rest.length);
}
