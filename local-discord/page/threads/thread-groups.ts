import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import type { ClientThread } from "../../src/client-protocol.ts";
import { ThreadRow } from "./thread-row.ts";

interface Props {
  threads: readonly ClientThread[];
  /** The headings of the active and the archived threads, and what is shown without threads. */
  texts: { active: string; archived: string; none: string };
  /** Returns the line below the name of a thread. */
  excerptOf?: (thread: ClientThread) => ComponentChildren;
}

/** The active threads, and below them the archived ones. */
export function ThreadGroups({ threads, texts, excerptOf }: Props) {
  const active = threads.filter(({ archived }) => !archived);
  const archived = threads.filter((thread) => thread.archived);
  if (threads.length === 0) return html`<p class="thread-none">${texts.none}</p>`;
  return html`
    <${Group} heading=${texts.active} threads=${active} excerptOf=${excerptOf} />
    <${Group} heading=${texts.archived} threads=${archived} excerptOf=${excerptOf} />
  `;
}

function Group({ heading, threads, excerptOf }: Omit<Props, "texts"> & { heading: string }) {
  if (threads.length === 0) return null;
  return html`
    <section>
      <h3 class="thread-heading">${heading}</h3>
      <ul class="thread-rows">
        ${threads.map(
          (thread) => html`
            <li key=${thread.id}><${ThreadRow} thread=${thread} excerpt=${excerptOf?.(thread)} /></li>
          `,
        )}
      </ul>
    </section>
  `;
}
