import type { APIApplicationCommandBasicOption } from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { hasFileType } from "../../page/files/file-types.ts";
import type { OptionValue } from "./command-options.ts";

const { Attachment, Boolean: YesOrNo, Integer, Number: Decimal, String: Text } = ApplicationCommandOptionType;
const { Channel, Mentionable, Role, User } = ApplicationCommandOptionType;

/** Limit of a string option without `max_length`. */
const MAX_TEXT_OPTION_LENGTH = 6000;

/**
 * Returns what the option accepts if Discord's client would not send this value, as in "a whole number" or "at most 5";
 * undefined if it would. Does not check that ids exist.
 */
export function expectedInstead(
  option: APIApplicationCommandBasicOption,
  value: OptionValue,
): string | undefined {
  switch (option.type) {
    case Attachment:
      return expectedFile(option, value);
    case YesOrNo:
      return typeof value === "boolean" ? undefined : "true or false";
    case Integer:
      return Number.isSafeInteger(value) ? expectedNumber(option, Number(value)) : "a whole number";
    case Decimal:
      return Number.isFinite(value) ? expectedNumber(option, Number(value)) : "a number";
    case Text:
      return typeof value === "string" ? expectedText(option, value) : "a text";
    case User:
    case Channel:
    case Role:
    case Mentionable:
      return typeof value === "string" ? undefined : "an id";
  }
}

function expectedFile(
  option: Extract<APIApplicationCommandBasicOption, { type: typeof Attachment }>,
  value: OptionValue,
): string | undefined {
  if (typeof value !== "object") return "a file";
  if (hasFileType(value.name, option.file_types)) return undefined;
  return `files of these types: ${option.file_types?.join(", ")}`;
}

/** An option of the types that can have a minimum and a maximum. */
type NumberOption = Extract<APIApplicationCommandBasicOption, { type: typeof Integer | typeof Decimal }>;

function expectedNumber(option: NumberOption, value: number): string | undefined {
  const { choices = [], min_value: least = -Infinity, max_value: most = Infinity } = option;
  if (value < least) return `at least ${least}`;
  if (value > most) return `at most ${most}`;
  return expectedChoice(choices, value);
}

function expectedText(
  option: Extract<APIApplicationCommandBasicOption, { type: typeof Text }>,
  value: string,
): string | undefined {
  const { choices = [], min_length: least = 0, max_length: most = MAX_TEXT_OPTION_LENGTH } = option;
  if (value.length < least) return `at least ${least} characters`;
  if (value.length > most) return `at most ${most} characters`;
  return expectedChoice(choices, value);
}

function expectedChoice(choices: readonly { value: string | number }[], value: string | number) {
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return undefined;
  return `one of ${choices.map((choice) => JSON.stringify(choice.value)).join(", ")}`;
}
