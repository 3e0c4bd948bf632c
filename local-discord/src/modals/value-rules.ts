import type {
  APICheckboxGroupComponent,
  APIRadioGroupComponent,
  APISelectMenuComponent,
  APITextInputComponent,
} from "discord-api-types/v10";
import { ComponentType, TextInputStyle } from "discord-api-types/v10";
import { hasFileType } from "../../page/files/file-types.ts";
import { limitsOf, type Limits } from "../../page/modal/limits.ts";
import type { File } from "../messages/upload.ts";
import { assertCanSendFiles, NotAllowedError } from "../users/not-allowed.ts";
import type { ModalInput } from "./inputs.ts";

/**
 * What a person enters in an input: text; the chosen options by value or label, or users, roles or channels by id or name, of
 * which one can be given alone; whether a checkbox is checked; files. Null is no choice of a radio group.
 */
export type ModalValue = string | boolean | null | readonly string[] | readonly File[];

/** A checked value, in the form that its input has in an interaction, except for files. */
export type Entered =
  | { value: string | boolean | null }
  | { values: readonly string[] }
  | { files: readonly File[] };

/** Returns what the input contains before the person changes it. */
export function prefilled(input: ModalInput): ModalValue {
  switch (input.type) {
    case ComponentType.TextInput:
      return input.value ?? "";
    case ComponentType.StringSelect:
    case ComponentType.CheckboxGroup:
      return input.options.flatMap((option) => (option.default === true ? option.value : []));
    case ComponentType.RadioGroup:
      return input.options.find((option) => option.default === true)?.value ?? null;
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return (input.default_values ?? []).map(({ id }) => id);
    case ComponentType.Checkbox:
      return input.default ?? false;
    case ComponentType.FileUpload:
      return [];
  }
}

/**
 * Checks the value of an input that is no select menu by the rules of Discord's dialog.
 * @throws NotAllowedError for a value that the dialog would not let a person send
 */
export function enter(input: Exclude<ModalInput, APISelectMenuComponent>, value: ModalValue): Entered {
  switch (input.type) {
    case ComponentType.TextInput:
      return { value: enterText(input, value) };
    case ComponentType.Checkbox:
      if (typeof value !== "boolean") throw new NotAllowedError("Expected true or false.");
      return { value };
    case ComponentType.RadioGroup: {
      const [chosen = null] = enterChoices(input, value);
      return { value: chosen };
    }
    case ComponentType.FileUpload: {
      const files = filesIn(value);
      assertCount(files.length, { ...limitsOf(input), verb: "Upload" });
      assertCanSendFiles(files);
      const misfit = files.find(({ name }) => !hasFileType(name, input.file_types));
      if (misfit) throw new NotAllowedError(`"${misfit.name}" is not of an accepted type.`);
      return { files };
    }
    case ComponentType.CheckboxGroup:
      return { values: enterChoices(input, value) };
  }
}

function enterText(input: APITextInputComponent, value: ModalValue): string {
  const { required, min, max } = limitsOf(input);
  if (typeof value !== "string") throw new NotAllowedError("Expected a text.");
  if (value === "" && required) throw new NotAllowedError("Required.");
  if (value === "") return value;
  if (value.length < min) throw new NotAllowedError(`Must have at least ${min} characters.`);
  if (value.length > max) throw new NotAllowedError(`Must have at most ${max} characters.`);
  if (input.style === TextInputStyle.Short && value !== input.value && /[\n\r]/.test(value)) {
    throw new NotAllowedError("Must be a single line.");
  }
  return value;
}

function enterChoices(
  input: APIRadioGroupComponent | APICheckboxGroupComponent,
  value: ModalValue,
): string[] {
  const options: readonly { value: string; label: string }[] = input.options;
  const offered = options.map((option) => option.value);
  const named = (label: string) => options.find((option) => option.label === label)?.value ?? label;
  const chosen = textsIn(value).map((one) => (offered.includes(one) ? one : named(one)));
  const unknown = chosen.find((one) => !offered.includes(one));
  if (unknown !== undefined) {
    const list = offered.map((one) => JSON.stringify(one)).join(", ");
    throw new NotAllowedError(`${JSON.stringify(unknown)} is not an option. The options are ${list}.`);
  }
  if (new Set(chosen).size < chosen.length) throw new NotAllowedError("The same value is chosen twice.");
  assertCount(chosen.length, { ...limitsOf(input), verb: "Choose" });
  return chosen;
}

function assertCount(count: number, { required, min, max, verb }: Limits & { verb: string }): void {
  if (count === 0 && required) throw new NotAllowedError("Required.");
  if (count > 0 && count < min) throw new NotAllowedError(`${verb} at least ${min}.`);
  if (count > max) throw new NotAllowedError(`${verb} at most ${max}.`);
}

/** @throws NotAllowedError for a value that is neither a text nor texts */
export function textsIn(value: ModalValue): string[] {
  if (value === null) return [];
  const list = typeof value === "object" ? value : [value];
  return list.map((one: string | boolean | File) => {
    if (typeof one === "string") return one;
    throw new NotAllowedError("Expected a text or an array of texts.");
  });
}

function filesIn(value: ModalValue): File[] {
  const list = typeof value === "object" && value !== null ? value : [value];
  return list.map((one: string | boolean | null | File) => {
    if (typeof one === "object" && one !== null) return one;
    throw new NotAllowedError("Expected an array of files.");
  });
}
