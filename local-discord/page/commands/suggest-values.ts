import type { Directory } from "./check-command-line.ts";
import { choicesOf, type Choice } from "./choices.ts";
import { isTyped, type CommandLine } from "./command-line.ts";
import { localName } from "./localize.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/**
 * Suggests the choices of the option whose value contains the caret, or would contain it: after `/export `, those of the one
 * required option. Null for free text, or outside of values.
 */
export function suggestValues(
  text: string,
  caret: number,
  line: CommandLine,
  directory: Directory,
): Suggestions | null {
  const value =
    line.values.findLast((one) => one.valueFrom <= caret && caret <= Math.max(one.to, one.valueFrom)) ??
    emptyValue(text, caret, line);
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
    enterAccepts: !choices.some((choice) => idNames(choice).includes(typed.toLowerCase())),
  };
}

/** Returns the value that starts at the caret after `/export `, if the command has one required option and nothing is typed yet. */
function emptyValue(text: string, caret: number, { options, values, stray }: CommandLine) {
  const [option, ...more] = options.filter((one) => one.required && isTyped(one));
  const started = values.length > 0 || stray !== "" || /\S/.test(text.slice(caret));
  if (option === undefined || more.length > 0 || started) return undefined;
  return { option, from: caret, valueFrom: caret, to: caret };
}

function idNames({ label, names }: Choice): string[] {
  return [label, ...names].map((name) => name.toLowerCase());
}
