import { html } from "htm/preact";
import { Choice } from "./choice.ts";
import type { CheckboxesField, CheckboxField } from "./fields.ts";
import type { InputProps } from "./modal-field.ts";

/** A group of checkboxes. The values keep the order of the options. */
export function CheckboxesInput({ id, field, describedBy, invalid, onChange }: InputProps<CheckboxesField>) {
  const { options } = field.input;
  const check = (changed: string, checked: boolean) => {
    const values = options.map(({ value }) => value);
    onChange({
      ...field,
      value: values.filter((value) => (value === changed ? checked : field.value.includes(value))),
    });
  };
  return html`
    <div class="choices" role="group" aria-labelledby=${`${id}-label`} aria-describedby=${describedBy}>
      ${options.map(
        ({ value, label, description }, index) => html`
          <${Choice}
            key=${value}
            type="checkbox"
            id=${`${id}-${index}`}
            label=${label}
            description=${description}
            checked=${field.value.includes(value)}
            invalid=${invalid}
            onCheck=${(checked: boolean) => check(value, checked)}
          />
        `,
      )}
    </div>
  `;
}

/** A single checkbox, whose label is that of the field. */
export function CheckboxInput({ id, field, invalid, describedBy, onChange }: InputProps<CheckboxField>) {
  const { label, description, value } = field;
  return html`<${Choice}
    type="checkbox"
    id=${id}
    label=${label}
    description=${description}
    checked=${value}
    invalid=${invalid}
    describedBy=${describedBy}
    onCheck=${(checked: boolean) => onChange({ ...field, value: checked })}
  />`;
}
