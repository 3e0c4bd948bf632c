import { html } from "htm/preact";
import { useViewContext } from "../view/view-context.ts";
import { Choice } from "./choice.ts";
import type { RadiosField } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { InputProps } from "./modal-field.ts";

/** A group of radio buttons. The choice can be cleared if none is required. */
export function RadiosInput({ id, field, describedBy, invalid, onChange }: InputProps<RadiosField>) {
  const { texts } = useViewContext();
  const { required } = limitsOf(field.input);
  return html`
    <div
      class="choices"
      role="radiogroup"
      aria-labelledby=${`${id}-label`}
      aria-describedby=${describedBy}
      aria-required=${required}
      aria-invalid=${invalid}
    >
      ${field.input.options.map(
        ({ value, label, description }, index) => html`
          <${Choice}
            key=${value}
            type="radio"
            name=${id}
            id=${`${id}-${index}`}
            label=${label}
            description=${description}
            checked=${field.value === value}
            onCheck=${() => onChange({ ...field, value })}
          />
        `,
      )}
    </div>
    ${
      !required &&
      field.value !== null &&
      html`<button
        type="button"
        class="link-button clear-choice"
        onClick=${() => onChange({ ...field, value: null })}
      >
        ${texts.modal.clearChoice}
      </button>`
    }
  `;
}
