import { html } from "htm/preact";
import type { ClientThread } from "../../src/client-protocol.ts";
import { ChannelMarks, ChannelSign } from "../frame/channel-sign.ts";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";

/** The box below a message that opens the thread which was created from it. */
export function ThreadBox({ thread }: { thread: ClientThread }) {
  const { texts } = useViewContext();
  const actions = useActions();
  return html`
    <button type="button" class="thread-box" onClick=${() => actions?.show(thread.id)}>
      <${ChannelSign} channel=${thread} size=${18} />
      <strong>${thread.name}</strong> <${ChannelMarks} channel=${thread} />
      <span class="thread-box-count">${texts.threads.messages(thread.message_count)}</span>
    </button>
  `;
}
