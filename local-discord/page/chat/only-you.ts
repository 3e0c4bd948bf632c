import { html } from "htm/preact";
import { focusComposer } from "../composer/composer.ts";
import { useViewContext } from "../view/view-context.ts";
import { eyeIcon } from "../view/icons.ts";

export function OnlyYou({ onDismiss }: { onDismiss: () => void }) {
  const { texts } = useViewContext();
  const dismiss = () => {
    onDismiss();
    focusComposer();
  };
  return html`
    <p class="only-you">
      ${eyeIcon()} <span>${texts.onlyYou}</span> <span aria-hidden="true">•</span>${" "}
      <button type="button" class="link-button" onClick=${dismiss}>${texts.dismiss}</button>
    </p>
  `;
}
