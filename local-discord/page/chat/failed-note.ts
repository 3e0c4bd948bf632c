import { html } from "htm/preact";
import { useViewContext } from "../view/view-context.ts";
import { warningIcon } from "../view/icons.ts";

/** A note below something that failed. `reason` is the server's, if it refused the request. */
export function FailedNote({ reason, text }: { reason: string | null; text?: string }) {
  const { texts } = useViewContext();
  return html`<p class="failed-note">
    ${warningIcon()}
    <span>${text ?? texts.interactionFailed}</span> ${reason && html`<span class="reason">${reason}</span>`}
  </p>`;
}
