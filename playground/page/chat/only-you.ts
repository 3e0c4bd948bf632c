import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";
import { eyeIcon } from "../view/icons.ts";

export function OnlyYou({ onDismiss }: { onDismiss: () => void }) {
  const { texts } = useSurroundings();
  return html`
    <p class="only-you">
      ${eyeIcon()} <span>${texts.onlyYou}</span> <span aria-hidden="true">•</span>${" "}
      <button type="button" class="link-button" onClick=${onDismiss}>${texts.dismiss}</button>
    </p>
  `;
}
