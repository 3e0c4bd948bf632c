import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";
import { downIcon } from "../view/icons.ts";

export function JumpToPresent({ onJump }: { onJump: () => void }) {
  const { texts } = useSurroundings();
  return html`
    <button type="button" class="jump-to-present" onClick=${onJump}>
      <span>${texts.viewingOlder}</span>
      <span class="jump-action">${texts.jumpToPresent} ${downIcon(16)}</span>
    </button>
  `;
}
