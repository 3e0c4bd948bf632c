import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { messageElement } from "../chat/message-element.ts";
import { useActions } from "../view/actions.ts";
import { threadIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { inFull, sentAt } from "../texts/dates.ts";
import { useViewContext } from "../view/view-context.ts";

/** The message with which Discord says that somebody has started a thread. */
export function ThreadCreated({ message }: { message: APIMessage }) {
  const { texts, threads, language, today } = useViewContext();
  const actions = useActions();
  const { id, author, content, message_reference: reference } = message;
  const threadId = reference?.channel_id ?? "";
  const at = Date.parse(message.timestamp);
  const time = sentAt(at, today, language);
  return html`
    <article
      id=${messageElement.idOf(id)}
      class="message thread-created"
      aria-label=${texts.messageLabel(displayName(author), time)}
    >
      <div class="message-side">${threadIcon(18)}</div>
      <p class="message-body">
        ${texts.threads.started(displayName(author))}${" "}
        ${
          threads.has(threadId)
            ? html`<button type="button" class="link-button" onClick=${() => actions?.show(threadId)}>
                ${content}
              </button>`
            : html`<strong>${content}</strong>`
        }${" "}
        <time datetime=${message.timestamp} title=${inFull(at, language)}>${time}</time>
      </p>
    </article>
  `;
}
