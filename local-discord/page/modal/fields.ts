import type {
  APICheckboxComponent,
  APICheckboxGroupComponent,
  APIComponentInLabel,
  APIFileUploadComponent,
  APIRadioGroupComponent,
  APISelectMenuComponent,
  APITextInputComponent,
} from "discord-api-types/v10";
import type { ClientModal } from "../../src/client-protocol.ts";
import { componentType } from "../discord.ts";
import type { Attached } from "../files/attached.ts";
import { defaultValues } from "../select/default-values.ts";

interface Labeled {
  label: string;
  description: string | undefined;
}

export type TextField = Labeled & { kind: "text"; input: APITextInputComponent; value: string };
/** The values are options or ids. */
export type SelectField = Labeled & {
  kind: "select";
  input: APISelectMenuComponent;
  value: readonly string[];
};
export type FilesField = Labeled & {
  kind: "files";
  input: APIFileUploadComponent;
  value: readonly Pick<Attached, "key" | "file">[];
};
export type RadiosField = Labeled & { kind: "radios"; input: APIRadioGroupComponent; value: string | null };
export type CheckboxesField = Labeled & {
  kind: "checkboxes";
  input: APICheckboxGroupComponent;
  value: readonly string[];
};
export type CheckboxField = Labeled & { kind: "checkbox"; input: APICheckboxComponent; value: boolean };

/** An input of a modal with its label, and what the person has entered. */
export type Field = TextField | SelectField | FilesField | RadiosField | CheckboxesField | CheckboxField;

/** A part of a modal: an input, or a text between inputs. */
export type Part = Field | { kind: "display"; content: string };

/** Returns the parts of a modal, with the values that the bot has prefilled. */
export function initialParts({ components }: Pick<ClientModal, "components">): Part[] {
  return components.flatMap((component): Part[] => {
    switch (component.type) {
      case componentType.textDisplay:
        return [{ kind: "display", content: component.content }];
      case componentType.label:
        return [
          initialField(component.component, { label: component.label, description: component.description }),
        ];
      case componentType.actionRow:
        return component.components.map((input) =>
          initialField(input, { label: input.label ?? "", description: undefined }),
        );
    }
  });
}

function initialField(input: APIComponentInLabel, labeled: Labeled): Field {
  switch (input.type) {
    case componentType.textInput:
      return { ...labeled, kind: "text", input, value: input.value ?? "" };
    case componentType.fileUpload:
      return { ...labeled, kind: "files", input, value: [] };
    case componentType.radioGroup:
      return { ...labeled, kind: "radios", input, value: chosenByDefault(input.options)[0] ?? null };
    case componentType.checkboxGroup:
      return { ...labeled, kind: "checkboxes", input, value: chosenByDefault(input.options) };
    case componentType.checkbox:
      return { ...labeled, kind: "checkbox", input, value: input.default ?? false };
    case componentType.stringSelect:
    case componentType.userSelect:
    case componentType.roleSelect:
    case componentType.mentionableSelect:
    case componentType.channelSelect:
      return { ...labeled, kind: "select", input, value: defaultValues(input) };
  }
}

function chosenByDefault(options: readonly { value: string; default?: boolean }[]): string[] {
  return options.flatMap((option) => (option.default ? [option.value] : []));
}

export function isField(part: Part): part is Field {
  return part.kind !== "display";
}

/** Whether the person has changed anything, which closing the modal would lose. */
export function isChanged(parts: readonly Part[], initial: readonly Part[]): boolean {
  const values = (all: readonly Part[]) =>
    JSON.stringify(all.filter(isField).map(({ kind, value }) => (kind === "files" ? value.length : value)));
  return values(parts) !== values(initial);
}
