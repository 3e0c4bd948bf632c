import type { APISelectMenuComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useId, useRef } from "preact/hooks";
import { Dots } from "../chat/thinking.ts";
import { chevronIcon, closeIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { chosenOf, type SelectChoice } from "./choices.ts";
import { choiceId, SelectList, SignView } from "./select-list.ts";
import { useSelect } from "./use-select.ts";

interface Props {
  component: APISelectMenuComponent;
  /** Accessible name. */
  label: string;
  /** Id of the element with a description. */
  describedBy?: string | undefined;
  /** The chosen values: values of options, or ids of users, roles or channels. */
  values: readonly string[];
  /** Called for each change, also while the list is open. */
  onChange: (values: readonly string[]) => void;
  /** Called with the chosen values when the list closes, and after they are cleared. */
  onClose?: (values: readonly string[]) => void;
  disabled?: boolean;
  invalid?: boolean;
  /** Whether the selection is being sent. */
  busy?: boolean;
}

/** A select menu of any kind whose values its parent keeps. Closed, it shows what is chosen; open, a list to choose from. */
export function Select({ component, label, describedBy, values, disabled, invalid, busy, ...on }: Props) {
  const context = useViewContext();
  const { texts } = context;
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const bounds = { least: component.min_values ?? 1, most: component.max_values ?? 1 };
  const locked = disabled === true || busy === true;
  const { onChange, onClose } = on;
  const select = useSelect(root, { component, values, bounds, locked, onChange, onClose });
  const { open, choices, active, query } = select;
  const chosen = chosenOf(values, select.all, context);

  return html`
    <div class=${open ? "select open" : "select"} ref=${root} onKeyDown=${select.onKeyDown}>
      <button
        type="button"
        class="select-field"
        role="combobox"
        aria-haspopup="listbox"
        aria-label=${label}
        aria-describedby=${describedBy}
        aria-expanded=${open}
        aria-controls=${open ? id : undefined}
        aria-activedescendant=${open && choices.length > 0 ? choiceId(id, active) : undefined}
        aria-invalid=${invalid ? "true" : undefined}
        aria-busy=${busy}
        disabled=${disabled}
        onClick=${select.toggle}
      >
        <${Face}
          chosen=${chosen}
          several=${bounds.most > 1}
          placeholder=${component.placeholder ?? texts.makeSelection}
        />
        ${busy && html`<${Dots} /><span class="visually-hidden">${texts.sending}</span>`}
        ${!busy && chevronIcon(20)}
      </button>
      ${
        select.clearable &&
        html`<button
          type="button"
          class="select-clear"
          aria-label=${texts.clearSelection(label)}
          onClick=${select.clear}
        >
          ${closeIcon(16)}
        </button>`
      }
      ${
        open &&
        html`<${SelectList}
          id=${id}
          label=${label}
          field=${root}
          choices=${choices}
          values=${values}
          active=${active}
          bounds=${bounds}
          query=${query}
          onQuery=${select.find}
          onHover=${select.hover}
          onChoose=${select.choose}
        />`
      }
    </div>
  `;
}

interface FaceProps {
  chosen: readonly SelectChoice[];
  /** Whether several values can be chosen, which are shown as pills. */
  several: boolean;
  placeholder: string;
}

function Face({ chosen, several, placeholder }: FaceProps) {
  if (chosen.length === 0) return html`<span class="select-placeholder">${placeholder}</span>`;
  return html`<span class=${several ? "select-chosen several" : "select-chosen"}>
    ${chosen.map(
      ({ value, label, sign }) =>
        html`<span key=${value} class="select-one"
          ><${SignView} sign=${sign} size=${18} /> <span>${label}</span></span
        >`,
    )}
  </span>`;
}
