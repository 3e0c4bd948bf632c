import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";
import { warningIcon } from "../view/icons.ts";

/** Under what was tried. The reason is the local Discord's own, where it refused the request itself. */
export function FailedNote({ reason, text }: { reason: string | null; text?: string }) {
  const { texts } = useSurroundings();
  return html`<p class="failed-note">
    ${warningIcon()}
    <span>${text ?? texts.interactionFailed}</span> ${reason && html`<span class="reason">${reason}</span>`}
  </p>`;
}
