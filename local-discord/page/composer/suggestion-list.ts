import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import type { Suggestions } from "../commands/suggestions.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { displayName } from "../view/names.ts";

export const listId = "suggestions";

export function entryId(index: number): string {
  return `${listId}-${index}`;
}

interface Props {
  suggestions: Suggestions;
  active: number | null;
  onHover: (index: number) => void;
  onAccept: (index: number) => void;
}

/** The list above the composer. The focus stays in the text area, whose aria-activedescendant is the active entry. */
export function SuggestionList({ suggestions, active, onHover, onAccept }: Props) {
  const { texts, bot } = useViewContext();
  const list = useRef<HTMLUListElement>(null);
  const { kind, of, items, status } = suggestions;
  const heading = {
    commands: texts.commandsHeading,
    options: texts.optionsHeading(of),
    values: texts.valuesHeading(of),
    mentions: texts.members,
  }[kind];

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  return html`
    <div class="suggestions">
      <div class="suggestions-heading">
        ${kind === "commands" && bot ? html`<${Avatar} user=${bot} size=${20} /> ${displayName(bot)}` : heading}
      </div>
      <p class="suggestions-status" role="status">${status && texts.autocompletion[status]}</p>
      <ul role="listbox" id=${listId} aria-label=${heading} ref=${list}>
        ${items.map(
          (item, index) => html`
            <li
              key=${item.key}
              id=${entryId(index)}
              role="option"
              aria-selected=${index === active}
              class="suggestion"
              onMouseMove=${() => index !== active && onHover(index)}
              onMouseDown=${keepFocus}
              onClick=${() => onAccept(index)}
            >
              ${item.user && html`<${Avatar} user=${item.user} size=${24} />`}
              <span class="suggestion-label">${item.label}</span>
              ${item.required && html`<span class="required-mark">${texts.required}</span>`}
              ${item.description && html`<span class="suggestion-description">${item.description}</span>`}
            </li>
          `,
        )}
      </ul>
    </div>
  `;
}

/** Prevents a press on an entry from moving the focus out of the text area. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
