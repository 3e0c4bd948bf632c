import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useViewContext } from "../view/view-context.ts";

/** Blurs an image or a container until its button is pressed. */
export function SpoilerCover({ children }: { children: ComponentChildren }) {
  const { texts } = useViewContext();
  const [shown, setShown] = useState(false);
  if (shown) return html`${children}`;
  return html`
    <div class="spoiler-cover">
      <div class="spoiler-blur" inert>${children}</div>
      <button
        type="button"
        class="spoiler-button"
        aria-label=${texts.revealSpoiler}
        onClick=${() => setShown(true)}
      >
        ${texts.spoiler}
      </button>
    </div>
  `;
}
