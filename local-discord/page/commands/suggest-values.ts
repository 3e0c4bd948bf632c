import type { Directory } from "./check-command-line.ts";
import { choicesOf, type Choice } from "./choices.ts";
import type { CommandLine } from "./command-line.ts";
import { localName } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/** Suggests the choices of the option whose value contains the caret; null for free text, or outside of values. */
export function suggestValues(
  text: string,
  caret: number,
  line: CommandLine,
  directory: Directory,
): Suggestions | null {
  const value = line.values.findLast(
    (one) => one.valueFrom <= caret && caret <= Math.max(one.to, one.valueFrom),
  );
  const choices = value && choicesOf(value.option, directory);
  if (!value || !choices) return null;
  const typed = text.slice(value.valueFrom, caret).trim();
  return {
    kind: "values",
    of: localName(value.option, directory.language),
    from: value.valueFrom,
    to: Math.max(value.to, caret),
    items: choices
      .filter((choice) => idNames(choice).some((name) => startsWith(name, typed)))
      .map(({ label, value: key }) => ({ key: String(key), label, description: "", insert: `${label} ` })),
    enterAccepts: typed !== "" && !choices.some((choice) => idNames(choice).includes(typed.toLowerCase())),
  };
}

function idNames({ label, names }: Choice): string[] {
  return [label, ...names].map((name) => name.toLowerCase());
}
