import { html } from "htm/preact";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../view/avatar.ts";
import { ChannelSign } from "../frame/channel-sign.ts";
import { checkIcon, roleIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import type { SelectChoice, Sign } from "./choices.ts";
import type { Bounds } from "./toggle.ts";
import { usePlacement } from "./use-placement.ts";

interface Props {
  id: string;
  label: string;
  field: RefObject<HTMLElement | null>;
  /** The entries that are shown, after a search. */
  choices: readonly SelectChoice[];
  values: readonly string[];
  /** Index of the entry that the keyboard is at. */
  active: number;
  bounds: Bounds;
  /** The text in the search field; null if there is no such field. */
  query: string | null;
  onQuery: (query: string) => void;
  onHover: (index: number) => void;
  onChoose: (choice: SelectChoice) => void;
}

export function choiceId(id: string, index: number): string {
  return `${id}-${index}`;
}

/** The open list of a select menu. The focus stays in its search field, or in the closed field, which names the active entry. */
export function SelectList({ id, field, query, ...props }: Props) {
  const { texts } = useViewContext();
  const popup = useRef<HTMLDivElement>(null);
  const style = usePlacement(popup, field);
  const { label, choices, active, bounds, onQuery } = props;
  const { least, most } = bounds;

  useEffect(() => {
    popup.current?.querySelector(".select-option.active")?.scrollIntoView({ block: "nearest" });
  }, [active, choices.length]);
  useEffect(() => {
    // On touch screens, the keyboard would cover the list.
    if (!matchMedia("(pointer: coarse)").matches) popup.current?.querySelector("input")?.focus();
  }, []);

  return html`
    <div class="select-popup" popover="manual" ref=${popup} style=${style}>
      ${
        query !== null &&
        html`<input
          class="select-search"
          type="text"
          role="combobox"
          aria-label=${`${texts.search}: ${label}`}
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls=${id}
          aria-activedescendant=${choices.length > 0 ? choiceId(id, active) : undefined}
          placeholder=${texts.search}
          autocomplete="off"
          spellcheck=${false}
          value=${query}
          onInput=${(event: Event & { currentTarget: HTMLInputElement }) => onQuery(event.currentTarget.value)}
        />`
      }
      <ul role="listbox" id=${id} aria-label=${label} aria-multiselectable=${most > 1}>
        ${choices.map((choice, index) => html`<${Option} key=${choice.value} id=${id} choice=${choice} index=${index} ...${props} />`)}
      </ul>
      <p class="select-hint" role="status">
        ${choices.length === 0 ? texts.noResults : most > 1 ? texts.chooseCount(least, most) : ""}
      </p>
    </div>
  `;
}

interface OptionProps extends Pick<Props, "id" | "values" | "active" | "bounds" | "onHover" | "onChoose"> {
  choice: SelectChoice;
  index: number;
}

function Option({ id, choice, index, values, active, bounds, onHover, onChoose }: OptionProps) {
  const { most } = bounds;
  const chosen = values.includes(choice.value);
  const full = !chosen && most > 1 && values.length >= most;
  return html`
    <li
      id=${choiceId(id, index)}
      role="option"
      class=${index === active ? "select-option active" : "select-option"}
      aria-selected=${chosen}
      aria-disabled=${full}
      onMouseMove=${() => index !== active && onHover(index)}
      onMouseDown=${(event: Event) => event.preventDefault()}
      onClick=${() => onChoose(choice)}
    >
      <${SignView} sign=${choice.sign} />
      <span class="select-option-texts">
        <span class="select-option-label">${choice.label}</span>
        ${choice.description && html`<span class="select-option-description">${choice.description}</span>`}
      </span>
      ${most > 1 ? html`<span class="select-box">${chosen && checkIcon(14)}</span>` : chosen && checkIcon(18)}
    </li>
  `;
}

/** What is in front of an entry's label. */
export function SignView({ sign, size = 24 }: { sign: Sign | null; size?: number }) {
  if (sign === null) return null;
  switch (sign.kind) {
    case "emoji":
      return html`<span class="select-emoji">${sign.text}</span>`;
    case "user":
      return html`<${Avatar} user=${sign.user} size=${size} />`;
    case "role":
      return roleIcon(Math.min(size, 20));
    case "channel":
      return html`<${ChannelSign} channel=${sign.channel} size=${Math.min(size, 20)} />`;
  }
}
