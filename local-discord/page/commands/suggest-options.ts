import { isAutocompleted } from "./autocompletion.ts";
import type { Directory } from "./check-command-line.ts";
import { choicesOf } from "./choices.ts";
import { isTyped, type CommandLine, type Option } from "./command-line.ts";
import { localDescription, localName, localTitle } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/** Suggests the options without a value. A single option is suggested only if it has choices, because it needs no name. */
export function suggestOptions(
  text: string,
  caret: number,
  line: CommandLine,
  directory: Directory,
): Suggestions | null {
  const typed = /\S*$/.exec(text.slice(0, caret))?.[0] ?? "";
  const { language } = directory;
  const options = line.options.filter(isTyped);
  const [first] = options;
  if (first === undefined || /^\S/.test(text.slice(caret))) return null;
  const isFreeText = choicesOf(first, directory) === null && !isAutocompleted(first);
  if (options.length === 1 && isFreeText) return null;
  const left = options.filter((option) => !isGiven(option, line, caret));
  return {
    kind: "options",
    of: localTitle(line.invocable, language),
    from: caret - typed.length,
    to: caret,
    items: left
      .filter((option) => [option.name, localName(option, language)].some((name) => startsWith(name, typed)))
      .map((option) => ({
        key: option.name,
        label: localName(option, language),
        description: localDescription(option, language),
        insert: `${localName(option, language)}:`,
        required: option.required === true,
      })),
    enterAccepts: false,
  };
}

function isGiven(option: Option, line: CommandLine, caret: number): boolean {
  // The word at the caret may become the name of an option, so it does not count as a value.
  return line.values.some(
    (value) => value.option === option && (value.from !== value.valueFrom || value.to < caret),
  );
}
