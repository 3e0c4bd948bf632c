import { html } from "htm/preact";

/** Full for online, a ring for offline: not by color alone. Words beside it say the same. */
export function StatusDot({ online }: { online: boolean }) {
  return html`<span class=${online ? "status-dot" : "status-dot offline"} aria-hidden="true"></span>`;
}
