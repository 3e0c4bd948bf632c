import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import type { ClientThread } from "../../src/client-protocol.ts";
import { ChannelMarks, ChannelSign } from "../frame/channel-sign.ts";
import { sentAt } from "../texts/dates.ts";
import { useActions } from "../view/actions.ts";
import { displayName } from "../view/names.ts";
import { snowflakeTime } from "../view/snowflake-time.ts";
import { useViewContext } from "../view/view-context.ts";

interface Props {
  thread: ClientThread;
  /** A line below the name. */
  excerpt?: ComponentChildren;
}

/** A thread in a list, which opens it. */
export function ThreadRow({ thread, excerpt }: Props) {
  const { texts, users, language, today } = useViewContext();
  const actions = useActions();
  const owner = users.get(thread.owner_id);
  const at = snowflakeTime(thread.last_message_id ?? thread.id);
  return html`
    <button type="button" class="thread-row" onClick=${() => actions?.show(thread.id)}>
      <span class="thread-row-name">
        <${ChannelSign} channel=${thread} /> <strong>${thread.name}</strong>${" "}
        <${ChannelMarks} channel=${thread} />
      </span>
      ${excerpt && html`<span class="thread-row-excerpt">${excerpt}</span>`}
      <span class="thread-row-about">
        ${owner && html`<span>${displayName(owner)}</span>`}${" "}
        <span>${texts.threads.messages(thread.message_count)}</span>${" "}
        <time datetime=${new Date(at).toISOString()}>${sentAt(at, today, language)}</time>
      </span>
    </button>
  `;
}
