import type { Field } from "./fields.ts";

/** Discord's limit for a text input without `max_length`. */
const MAX_TEXT_LENGTH = 4000;

interface Limits {
  /** Whether the modal cannot be submitted without this value. */
  required: boolean;
  /** Number of characters, choices or files. An optional value may be empty even if this is not 0. */
  min: number;
  max: number;
}

/** Returns the limits of a value, of which all have defaults. */
export function limitsOf(field: Field): Limits {
  switch (field.kind) {
    case "text": {
      const { min_length: min = 0, max_length: max = MAX_TEXT_LENGTH, required = true } = field.input;
      return { required, min, max };
    }
    case "radios":
      return { required: field.input.required ?? true, min: 1, max: 1 };
    case "checkbox":
      return { required: false, min: 0, max: 1 };
    case "checkboxes":
      return countLimits(field.input, field.input.options.length);
    case "select":
    case "files":
      return countLimits(field.input, 1);
  }
}

function countLimits(
  input: { min_values?: number; max_values?: number; required?: boolean },
  all: number,
): Limits {
  const { min_values: min = 1, max_values: max = all, required = true } = input;
  return { required, min, max };
}
