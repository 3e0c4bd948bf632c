import { html } from "htm/preact";
import { Select } from "../select/select.ts";
import type { SelectField } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { InputProps } from "./modal-field.ts";

/** A select menu of any kind, which can be cleared if no choice is required. */
export function SelectInput({ field, describedBy, invalid, onChange }: InputProps<SelectField>) {
  const { required, min } = limitsOf(field.input);
  return html`<${Select}
    component=${{ ...field.input, min_values: required ? min : 0 }}
    label=${field.label}
    describedBy=${describedBy}
    values=${field.value}
    invalid=${invalid}
    onChange=${(value: readonly string[]) => onChange({ ...field, value })}
  />`;
}
