import { ApplicationCommandOptionType } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { faultAt } from "../errors.ts";
import { fileTypeFaults } from "../messages/file-type-rules.ts";
import { badLocales, badNames, type Localized } from "./name-rules.ts";

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

export interface Choice extends Localized {
  value: string | number;
}

/** An option of a command, with the fields of all types of options. */
export interface Option extends Localized {
  type: ApplicationCommandOptionType;
  required?: boolean | null | undefined;
  autocomplete?: boolean | null | undefined;
  choices?: readonly Choice[] | null | undefined;
  options?: readonly Option[] | null | undefined;
  file_types?: readonly string[] | null | undefined;
}

/** Finds what Discord's schemas do not contain: order, names, and the types of the options beside each other. */
export function optionFaults(options: readonly Option[], path: string[]): FieldFault[] {
  const optional = options.findIndex(({ required }) => required !== true);
  return options.flatMap((option, index) => {
    const at = [...path, String(index)];
    const isLate = option.required === true && optional !== -1 && optional < index;
    return [
      ...badNames(option, at),
      ...badLocales(option, at),
      ...takenNames(options.slice(0, index), option, at),
      ...(isLate ? [{ path: at, ...requiredTooLate }] : []),
      ...(isNested(option) === isNested(options[0] ?? option) ? [] : [{ path: at, ...mixedTypes }]),
      ...choiceFaults(option, at),
      ...optionFaults(option.options ?? [], [...at, "options"]),
    ];
  });
}

function isNested({ type }: Option): boolean {
  return type === Subcommand || type === SubcommandGroup;
}

/** An option's name differs from all names beside it, and its localized name from those in its language. */
function takenNames(before: readonly Option[], option: Option, at: string[]): FieldFault[] {
  const localized = Object.entries(option.name_localizations ?? {}).filter(([locale, name]) =>
    before.some((other) => (other.name_localizations?.[locale] ?? other.name) === name),
  );
  return [
    ...(before.some(({ name }) => name === option.name) ? [{ path: [...at, "name"], ...nameTaken }] : []),
    ...localized.flatMap(([locale]) => [{ path: [...at, "name_localizations", locale], ...nameTaken }]),
  ];
}

function choiceFaults({ autocomplete, choices, file_types: fileTypes }: Option, at: string[]): FieldFault[] {
  return [
    ...(choices ?? []).flatMap((choice, index) => badLocales(choice, [...at, "choices", String(index)])),
    ...(autocomplete && choices?.length ? [{ path: at, ...choicesWithAutocomplete }] : []),
    ...fileTypeFaults(fileTypes ?? []).map((fault) => faultAt(at, fault)),
  ];
}

const nameTaken = {
  code: "APPLICATION_COMMAND_OPTION_NAME_ALREADY_EXISTS",
  message: "Option names must be unique",
};

const requiredTooLate = {
  code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  message: "Required options must be placed before non-required options",
};

const mixedTypes = {
  code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  message: "Sub-command and sub-command group option types are mutually exclusive to all other types",
};

const choicesWithAutocomplete = {
  code: "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
  message: "Options with autocomplete cannot have choices",
};
