import { html } from "htm/preact";

/** In the corner of what leads to something unread: a number where some of it is for oneself, else a dot. */
export function UnreadMark({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  return count > 0
    ? html`<span class="ping-badge" aria-hidden="true">${count}</span>`
    : html`<span class="unread-dot" aria-hidden="true"></span>`;
}
