import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { Dialog } from "../modal/dialog.ts";
import { ModalHead } from "../modal/modal-head.ts";
import type { Place } from "../state/place.ts";
import { useActions } from "../view/actions.ts";
import { threadIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { threadsOf } from "./order.ts";
import { creationRights } from "./rights.ts";
import { ThreadGroups } from "./thread-groups.ts";

/** The dialog with all threads of a channel, and a button that creates one. */
export function ThreadList({ channel }: { channel: Place }) {
  const { texts, guild } = useViewContext();
  const actions = useActions();
  const leave = useRef(() => {});
  leave.current = () => actions?.closeDialog();
  const { publicly, privately } = creationRights(channel);
  return html`
    <${Dialog} id="threads" leave=${leave}>
      <div class="modal-form">
        <${ModalHead} sign=${threadIcon(28)} title=${texts.threads.title} onClose=${() => leave.current()} />
        <div class="modal-body">
          <${ThreadGroups} threads=${threadsOf(guild, channel.id)} texts=${texts.threads.list} />
        </div>
        ${
          (publicly || privately) &&
          html`<footer class="modal-foot">
            <div class="modal-buttons">
              <button
                type="button"
                class="button primary"
                onClick=${() => actions?.openDialog({ of: "newThread", message: null })}
              >
                ${texts.threads.new}
              </button>
            </div>
          </footer>`
        }
      </div>
    <//>
  `;
}
