import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { textInputStyle } from "../discord.ts";
import { useViewContext } from "../view/view-context.ts";
import type { TextField } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { InputProps } from "./modal-field.ts";

/**
 * A text of one or several lines, with the number of characters that are left. The browser does not cut the text off at the
 * limit, so that nothing is lost of a long text that is pasted.
 */
export function TextInput({ id, field, describedBy, invalid, onChange }: InputProps<TextField>) {
  const { texts } = useViewContext();
  const { style, placeholder, max_length: ownLimit } = field.input;
  const { required, max } = limitsOf(field.input);
  const isLong = style === textInputStyle.paragraph;
  const left = max - field.value.length;
  const props = {
    id,
    placeholder,
    value: field.value,
    autocomplete: "off",
    "aria-required": required,
    "aria-invalid": invalid,
    "aria-describedby": describedBy,
    onInput: ({ currentTarget }: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange({ ...field, value: currentTarget.value }),
  };
  const isCounted = isLong || ownLimit !== undefined;
  return html`
    <div class=${isLong ? "text-input long" : "text-input"}>
      ${isLong ? html`<textarea rows="4" ...${props}></textarea>` : html`<input type="text" ...${props} />`}
      ${
        isCounted &&
        html`<span
          class=${left < 0 ? "counter over" : "counter"}
          title=${texts.modal.charactersLeft(left)}
          aria-hidden="true"
        >
          ${left}
        </span>`
      }
    </div>
  `;
}
