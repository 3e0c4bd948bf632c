import type { APITextInputComponent } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import { limitsOf } from "../../page/modal/limits.ts";
import type { Fault, FieldFault } from "../errors.ts";
import { faultAt } from "../errors.ts";
import { fileTypeFaults } from "../messages/file-type-rules.ts";
import { duplicateOptions, isSelect, lessThan, selectFaults } from "../messages/select-rules.ts";
import type { ModalInput } from "./inputs.ts";

/**
 * Returns the errors of an input in a modal that Discord's schemas do not find.
 * @param path of the input in the request body
 */
export function inputFaults(input: ModalInput, path: readonly string[]): FieldFault[] {
  if (!isSelect(input)) return ownFaults(input).map((fault) => faultAt(path, fault));
  const disabled = input.disabled === true ? [faultAt(path, ["disabled", isDisabled])] : [];
  return disabled.concat(selectFaults(input, path, input.required ?? true));
}

type Select = Extract<ModalInput, { disabled?: boolean }>;

function ownFaults(input: Exclude<ModalInput, Select>): Fault[] {
  switch (input.type) {
    case ComponentType.TextInput:
      return textFaults(input);
    case ComponentType.FileUpload:
      return [...boundFaults(input), ...fileTypeFaults(input.file_types ?? [])];
    case ComponentType.RadioGroup:
      return [...duplicates(input.options), ...defaultFaults(input.options, 1)];
    case ComponentType.CheckboxGroup: {
      const count = input.options.length;
      const { max } = limitsOf(input);
      return [
        ...duplicates(input.options),
        ...boundFaults(input),
        ...(max > count ? [["max_values", lessThan(count)] as const] : []),
        ...defaultFaults(input.options, max),
      ];
    }
    case ComponentType.Checkbox:
      return [];
  }
}

/** Checks the prefilled text too: https://github.com/Cogmasters/concord/pull/184 */
function textFaults({ min_length, max_length, value }: APITextInputComponent): Fault[] {
  const [least, most] = [min_length ?? 0, max_length ?? Infinity];
  if (least > most) return [["min_length", lessThan(most)]];
  const length = value?.length ?? least;
  if (length < least) return [["value", ["BASE_TYPE_MIN_LENGTH", `Must be ${least} or more in length.`]]];
  if (length > most) return [["value", ["BASE_TYPE_MAX_LENGTH", `Must be ${most} or fewer in length.`]]];
  return [];
}

function boundFaults(
  input: Extract<ModalInput, { type: ComponentType.FileUpload | ComponentType.CheckboxGroup }>,
): Fault[] {
  const { required, min, max } = limitsOf(input);
  return [
    ...(required && min === 0 ? [["min_values", requiredButZero] as const] : []),
    ...(min > max ? [["min_values", lessThan(max)] as const] : []),
  ];
}

function duplicates(options: readonly { value: string }[]): Fault[] {
  return duplicateOptions(options).map((index) => [`options.${index}.value`, optionTaken]);
}

function defaultFaults(options: readonly { default?: boolean }[], most: number): Fault[] {
  const defaults = options.filter((option) => option.default === true);
  return defaults.length > most ? [["options", tooManyDefaults]] : [];
}

/** @see https://github.com/discord-jda/JDA/issues/2984 */
const isDisabled = ["MODAL_COMPONENT_DISABLED", "Modals do not support disabled components"] as const;
const requiredButZero = [
  "COMPONENT_REQUIRED_ZERO_MIN_VALUES",
  "Components marked as required cannot have a min_values of 0",
] as const;
const optionTaken = [
  "COMPONENT_OPTION_VALUE_DUPLICATED",
  "The specified option value is already used",
] as const;
const tooManyDefaults = [
  "COMPONENT_TOO_MANY_DEFAULT_VALUES",
  "The specified number of default values exceeds the specified maximum values",
] as const;
