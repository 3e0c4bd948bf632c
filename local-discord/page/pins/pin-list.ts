import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { MessageContent } from "../chat/message-content.ts";
import { Dialog } from "../modal/dialog.ts";
import { ModalHead } from "../modal/modal-head.ts";
import { sentAt } from "../texts/dates.ts";
import { useActions } from "../view/actions.ts";
import { Avatar } from "../view/avatar.ts";
import { pinIcon } from "../view/icons.ts";
import { nameIn } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";

/** The dialog with the pinned messages of a channel, the newest first. */
export function PinList({ messages }: { messages: readonly APIMessage[] }) {
  const { texts, guild, language, today } = useViewContext();
  const actions = useActions();
  const leave = useRef(() => {});
  leave.current = () => actions?.closeDialog();
  const pinned = messages.filter((message) => message.pinned).toReversed();
  return html`
    <${Dialog} id="pins" leave=${leave}>
      <div class="modal-form">
        <${ModalHead} sign=${pinIcon(28)} title=${texts.pins.title} onClose=${() => leave.current()} />
        <div class="modal-body">
          ${pinned.length === 0 && html`<p class="thread-none">${texts.pins.none}</p>`}
          <ul class="thread-rows">
            ${pinned.map(
              (message) => html`
                <li key=${message.id} class="pinned">
                  <h3 class="message-author">
                    <${Avatar} user=${message.author} size=${20} />
                    <span class="author-name">${nameIn(guild, message.author)}</span>
                    <time datetime=${message.timestamp}>
                      ${sentAt(Date.parse(message.timestamp), today, language)}
                    </time>
                  </h3>
                  <div inert><${MessageContent} message=${message} presses=${[]} /></div>
                </li>
              `,
            )}
          </ul>
        </div>
      </div>
    <//>
  `;
}
