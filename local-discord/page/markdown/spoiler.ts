import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useViewContext } from "../view/view-context.ts";

/** Text that is hidden, also from screen readers, until it is pressed. */
export function Spoiler({ children }: { children: ComponentChildren }) {
  const { texts } = useViewContext();
  const [shown, setShown] = useState(false);
  if (shown) return html`<span class="spoiler shown">${children}</span>`;
  const reveal = () => setShown(true);
  return html`
    <span
      class="spoiler"
      role="button"
      tabindex="0"
      aria-label=${texts.revealSpoiler}
      onClick=${reveal}
      onKeyDown=${(event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        reveal();
      }}
    >
      <span aria-hidden="true" inert>${children}</span>
    </span>
  `;
}
