import { isTyped, type CommandLine, type TypedValue } from "./command-line.ts";

/**
 * Returns the value that contains the caret, or would contain it: after `/export `, that of the one required option.
 * Undefined outside of values.
 */
export function valueAt(text: string, caret: number, line: CommandLine): TypedValue | undefined {
  return (
    line.values.findLast((one) => one.valueFrom <= caret && caret <= Math.max(one.to, one.valueFrom)) ??
    emptyValue(text, caret, line)
  );
}

/** Returns the value that starts at the caret after `/export `, if the command has one required option and nothing is typed yet. */
function emptyValue(
  text: string,
  caret: number,
  { options, values, stray }: CommandLine,
): TypedValue | undefined {
  const [option, ...more] = options.filter((one) => one.required && isTyped(one));
  const started = values.length > 0 || stray !== "" || /\S/.test(text.slice(caret));
  if (option === undefined || more.length > 0 || started) return undefined;
  return { option, text: "", from: caret, valueFrom: caret, to: caret };
}
