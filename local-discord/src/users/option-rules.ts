import type { APIApplicationCommandBasicOption } from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import type { OptionValue } from "./command-options.ts";

const { Attachment, Boolean: YesOrNo, Integer, Number: Decimal, String: Text } = ApplicationCommandOptionType;
const { Channel, Mentionable, Role, User } = ApplicationCommandOptionType;

/** Of a text without `max_length`. */
const MAX_TEXT_OPTION_LENGTH = 6000;

/**
 * What the option takes instead of this value, as Discord's client would not let it be sent: "a whole number", "at most 5".
 * Whom and what a value names is not looked up here.
 */
export function expectedInstead(
  option: APIApplicationCommandBasicOption,
  value: OptionValue,
): string | undefined {
  switch (option.type) {
    case Attachment:
      return typeof value === "object" ? undefined : "a file";
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

/** Of the type that has all that a text or a number may be limited by. */
type Limited = Extract<APIApplicationCommandBasicOption, { type: typeof Integer | typeof Decimal }>;

function expectedNumber(option: Limited, value: number): string | undefined {
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
