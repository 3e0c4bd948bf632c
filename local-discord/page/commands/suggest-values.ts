import { isAutocompleted, type Autocompletion } from "./autocompletion.ts";
import type { Directory } from "./check-command-line.ts";
import { choicesOf, type Choice } from "./choices.ts";
import type { CommandLine, TypedValue } from "./command-line.ts";
import { localName } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";
import { valueAt } from "./value-at.ts";

/**
 * Suggests the choices of the option whose value contains the caret; null for free text, or outside of values.
 * @param autocompletion the bot's answer, if the option has autocompletion
 */
export function suggestValues(
  text: string,
  caret: number,
  line: CommandLine,
  { directory, autocompletion }: { directory: Directory; autocompletion: Autocompletion | null },
): Suggestions | null {
  const value = valueAt(text, caret, line);
  if (value === undefined) return null;
  if (isAutocompleted(value.option)) {
    return autocompletion && suggestedByBot(value, caret, autocompletion, directory);
  }
  const choices = choicesOf(value.option, directory);
  if (!choices) return null;
  const typed = text.slice(value.valueFrom, caret).trim();
  return {
    ...place(value, caret, directory),
    items: choices
      .filter((choice) => idNames(choice).some((name) => startsWith(name, typed)))
      .map(({ label, value: key }) => item(String(key), label)),
    enterAccepts: !choices.some((choice) => idNames(choice).includes(typed.toLowerCase())),
  };
}

/** The bot has chosen which choices fit the typed text, so all are suggested. */
function suggestedByBot(
  value: TypedValue,
  caret: number,
  { status, choices }: Autocompletion,
  directory: Directory,
): Suggestions {
  const labels = choices.map((choice) => localName(choice, directory.language));
  const isNamed = labels.some((label) => label.toLowerCase() === value.text.toLowerCase());
  const isEmpty = status === "done" && labels.length === 0;
  return {
    ...place(value, caret, directory),
    items: labels.map((label, index) => item(`${index} ${label}`, label)),
    ...(status !== "done" ? { status } : isEmpty ? { status: "none" } : {}),
    enterAccepts: status === "done" && labels.length > 0 && !isNamed,
  };
}

function place({ option, valueFrom, to }: TypedValue, caret: number, { language }: Directory) {
  return {
    kind: "values" as const,
    of: localName(option, language),
    from: valueFrom,
    to: Math.max(to, caret),
  };
}

function item(key: string, label: string) {
  return { key, label, description: "", insert: `${label} ` };
}

function idNames({ label, names }: Choice): string[] {
  return [label, ...names].map((name) => name.toLowerCase());
}
