import { html } from "htm/preact";

/** The mark of something unread: the number of messages that ping the person, or a dot if there are none. */
export function UnreadMark({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  return count > 0
    ? html`<span class="ping-badge" aria-hidden="true" data-count=${count}></span>`
    : html`<span class="unread-dot" aria-hidden="true"></span>`;
}
