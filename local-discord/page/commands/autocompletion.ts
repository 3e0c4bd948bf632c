import type { APIApplicationCommandOptionChoice } from "discord-api-types/v10";
import type { ClientAutocompleteInteraction } from "../../src/client-protocol.ts";
import type { Directory } from "./check-command-line.ts";
import { isTyped, type CommandLine, type Option } from "./command-line.ts";
import type { Invocable } from "./invocables.ts";
import { localName } from "./localize.ts";
import { readValue } from "./read-value.ts";
import { valueAt } from "./value-at.ts";

/** The choices that the bot has suggested so far, by the key of their option. The newest come first. */
export type SuggestedChoices = ReadonlyMap<string, readonly APIApplicationCommandOptionChoice[]>;

/** The bot's answer for the option that is being filled in. While it is loading, the choices are those of the answer before. */
export interface Autocompletion {
  status: "loading" | "done" | "failed";
  choices: readonly APIApplicationCommandOptionChoice[];
}

/** A question to the bot: which choices are there for the focused option? */
export interface ChoicesQuestion {
  invocable: Invocable;
  /** Key of the focused option. */
  key: string;
  options: ClientAutocompleteInteraction["data"]["options"];
}

/** Returns a text that tells this option from those of other commands. */
function keyOf({ command, name }: Invocable, option: Option): string {
  return `${command.id}/${name}/${option.name}`;
}

export function isAutocompleted(option: Option): boolean {
  return "autocomplete" in option && (option.autocomplete ?? false);
}

/** Returns the question about the option whose value contains the caret; null if it has no autocompletion. */
export function questionAt(
  text: string,
  caret: number,
  line: CommandLine,
  directory: Directory,
): ChoicesQuestion | null {
  const focused = valueAt(text, caret, line);
  if (focused === undefined || !isAutocompleted(focused.option)) return null;
  const { invocable } = line;
  const options = line.options.flatMap((option) => {
    const { name, type } = option;
    if (option === focused.option) return [{ name, type, value: focused.text, focused: true as const }];
    const typed = line.values.find((value) => value.option === option)?.text ?? "";
    const read = typed === "" || !isTyped(option) ? null : readOption(invocable, option, typed, directory);
    return read !== null && "value" in read ? [{ name, type, value: read.value }] : [];
  });
  return { invocable, key: keyOf(invocable, focused.option), options };
}

/** Reads the value of an option. The name of a choice that the bot has suggested means the choice. */
export function readOption(
  invocable: Invocable,
  option: Option,
  typed: string,
  directory: Directory,
): ReturnType<typeof readValue> {
  const suggested = directory.suggested?.get(keyOf(invocable, option)) ?? [];
  const choice = suggested.find((one) => localName(one, directory.language).trim() === typed);
  return choice === undefined ? readValue(option, typed, directory) : { value: choice.value };
}
