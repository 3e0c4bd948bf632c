import type { APIComponentInLabel } from "discord-api-types/v10";
import { componentType } from "../discord.ts";

/*
 * The server imports this file too, so that scripts and the page know the same limits.
 */

/** Discord's limit for a text input without `max_length`. */
const MAX_TEXT_LENGTH = 4000;

export interface Limits {
  /** Whether the modal cannot be submitted without this value. */
  required: boolean;
  /** Number of characters, choices or files. An optional value may be empty even if this is not 0. */
  min: number;
  max: number;
}

/**
 * Returns the limits of an input of a modal, all of which have defaults.
 * @see https://discord.com/developers/docs/components/reference#checkbox-group
 */
export function limitsOf(input: APIComponentInLabel): Limits {
  switch (input.type) {
    case componentType.textInput: {
      const { min_length: min = 0, max_length: max = MAX_TEXT_LENGTH, required = true } = input;
      return { required, min, max };
    }
    case componentType.radioGroup:
      return { required: input.required ?? true, min: 1, max: 1 };
    case componentType.checkbox:
      return { required: false, min: 0, max: 1 };
    case componentType.checkboxGroup:
      return countLimits(input, input.options.length);
    case componentType.fileUpload:
    case componentType.stringSelect:
    case componentType.userSelect:
    case componentType.roleSelect:
    case componentType.mentionableSelect:
    case componentType.channelSelect:
      return countLimits(input, 1);
  }
}

function countLimits(
  input: { min_values?: number; max_values?: number; required?: boolean },
  all: number,
): Limits {
  const { min_values: min = 1, max_values: max = all, required = true } = input;
  return { required, min, max };
}
