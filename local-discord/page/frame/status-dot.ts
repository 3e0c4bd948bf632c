import { html } from "htm/preact";

/** A full dot for online, a ring for offline, so that the difference is not in color alone. The text beside it says the same. */
export function StatusDot({ online }: { online: boolean }) {
  return html`<span class=${online ? "status-dot" : "status-dot offline"} aria-hidden="true"></span>`;
}
