import type { APIApplicationCommand, APIApplicationCommandBasicOption } from "discord-api-types/v10";
import { optionType } from "../discord.ts";
import type { Language } from "../texts/language.ts";
import { slashCommandsOf, type Invocable } from "./invocables.ts";
import { isCalled } from "./localize.ts";

export type Option = APIApplicationCommandBasicOption;

/** A value as typed, and its position in the line. */
export interface TypedValue {
  option: Option;
  text: string;
  /** Where `name:` begins, or the value if it has no name. */
  from: number;
  valueFrom: number;
  to: number;
}

/** A line that begins with a known command or subcommand. Its values may be missing or invalid. */
export interface CommandLine {
  invocable: Invocable;
  /** Where its name ends. */
  nameEnd: number;
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
  const called = slashCommandsOf(commands).map((invocable) => ({
    invocable,
    nameEnd: endOfName(text, invocable, language),
  }));
  const found = called.find(({ nameEnd }) => nameEnd !== null);
  if (found === undefined || found.nameEnd === null) return null;
  const { invocable, nameEnd: start } = found;
  const head = { invocable, nameEnd: start, options: invocable.options };
  const { options } = head;
  const named = namedValues(text, start, options, language);
  const unnamed = { from: start, to: named[0]?.from ?? text.length };
  const stray = text.slice(unnamed.from, unnamed.to).trim();
  const option = stray === "" ? undefined : unnamedOption(options, named);
  if (option === undefined) return { ...head, values: named, stray };
  const from = text.indexOf(stray, start);
  const value = { option, text: stray, from, valueFrom: from, to: from + stray.length };
  return { ...head, values: [value, ...named], stray: "" };
}

/** Returns where the name of the command ends at the start of the text; null if the text starts otherwise. */
function endOfName(text: string, { command, path }: Invocable, language: Language): number | null {
  let end = 0;
  for (const named of [command, ...path]) {
    const word = (end === 0 ? /^\/([^\s/]*)/ : /^ +(\S+)/).exec(text.slice(end));
    if (word === null || !isCalled(named, word[1] ?? "", language)) return null;
    end += word[0].length;
  }
  return end;
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
