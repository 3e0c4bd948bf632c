import { html } from "htm/preact";
import type { ComponentChildren, TargetedEvent } from "preact";

interface Props {
  /** Accessible name. */
  name: string;
  className: string;
  value: string | undefined;
  options: readonly { value: string; label: string; lang?: string }[];
  onPick: (value: string) => void;
  /** Decoration beside the select element. */
  children: ComponentChildren;
}

/** A styled native select element. */
export function Picker({ name, className, value, options, onPick, children }: Props) {
  const onChange = (event: TargetedEvent<HTMLSelectElement>) => onPick(event.currentTarget.value);
  return html`
    <div class=${`picker ${className}`}>
      ${children}
      <select aria-label=${name} value=${value} onChange=${onChange}>
        ${options.map(
          ({ value, label, lang }) =>
            html`<option key=${value} value=${value} lang=${lang}>${label}</option>`,
        )}
      </select>
    </div>
  `;
}
