import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from "discord-api-types/v10";
import { commandType, optionType } from "../discord.ts";
import type { Language } from "../texts/language.ts";
import { isCalled } from "./localize.ts";

export type Option = APIApplicationCommandBasicOption;

/** A value as typed, and its position in the line. */
interface TypedValue {
  option: Option;
  text: string;
  /** Where `name:` begins, or the value if it has no name. */
  from: number;
  valueFrom: number;
  to: number;
}

/** A line that begins with a known command. Its values may be missing or invalid. */
export interface CommandLine {
  command: APIApplicationCommand;
  options: readonly Option[];
  values: readonly TypedValue[];
  /** Text that belongs to no option. */
  stray: string;
}

/** Returns the word after the slash; null if the text is not a command. */
export function commandWord(text: string): string | null {
  return /^\/([^\s/]*)/.exec(text)?.[1] ?? null;
}

/**
 * Reads `/echo good day` and `/echo text:good day`. The text before the first `name:` is the value of the one required option
 * that has no name in the line, or of the only option.
 */
export function readCommandLine(
  text: string,
  commands: readonly APIApplicationCommand[],
  language: Language,
): CommandLine | null {
  const word = commandWord(text);
  if (word === null) return null;
  const command = commands.find((one) => one.type === commandType.chatInput && isCalled(one, word, language));
  if (command === undefined) return null;
  const options = optionsOf(command);
  const start = word.length + 1;
  const named = namedValues(text, start, options, language);
  const unnamed = { from: start, to: named[0]?.from ?? text.length };
  const stray = text.slice(unnamed.from, unnamed.to).trim();
  const option = stray === "" ? undefined : unnamedOption(options, named);
  if (option === undefined) return { command, options, values: named, stray };
  const from = text.indexOf(stray, start);
  const value = { option, text: stray, from, valueFrom: from, to: from + stray.length };
  return { command, options, values: [value, ...named], stray: "" };
}

/** Returns the options of a command or subcommand that are not subcommands. */
export function optionsOf(command: { options?: readonly APIApplicationCommandOption[] }): Option[] {
  return (command.options ?? []).filter(
    (option) => option.type !== optionType.subcommand && option.type !== optionType.subcommandGroup,
  );
}

/** Whether the value of an option is typed. The value of an attachment option is a file. */
export function isTyped({ type }: Option): boolean {
  return type !== optionType.attachment;
}

function namedValues(text: string, start: number, options: readonly Option[], language: Language) {
  const keys: { option: Option; from: number; valueFrom: number }[] = [];
  for (const match of text.slice(start).matchAll(/(?<=\s)([^\s:]+):/gu)) {
    const option = options.find((one) => isCalled(one, match[1] ?? "", language));
    if (option === undefined || keys.some((key) => key.option === option)) continue;
    const from = start + match.index;
    keys.push({ option, from, valueFrom: from + match[0].length });
  }
  return keys.map(({ option, from, valueFrom }, index): TypedValue => {
    const value = text.slice(valueFrom, keys[index + 1]?.from ?? text.length);
    return { option, text: value.trim(), from, valueFrom, to: valueFrom + value.trimEnd().length };
  });
}

function unnamedOption(options: readonly Option[], named: readonly TypedValue[]): Option | undefined {
  const typable = options.filter(isTyped);
  // If all options take files, the text goes to the first one, whose error says that it takes a file.
  if (typable.length === 0) return options[0];
  const left = typable.filter((option) => !named.some((value) => value.option === option));
  const required = left.filter((option) => option.required);
  if (required.length === 1) return required[0];
  return required.length === 0 && typable.length === 1 ? left[0] : undefined;
}
