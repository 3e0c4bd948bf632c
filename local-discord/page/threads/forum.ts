import { html } from "htm/preact";
import type { ClientThread } from "../../src/client-protocol.ts";
import { useFocusWhenLost } from "../chat/use-focus-when-lost.ts";
import { plainText } from "../markdown/plain-text.ts";
import { titleOf, type Place } from "../state/place.ts";
import type { State } from "../state/state.ts";
import { useActions } from "../view/actions.ts";
import { forumIcon, plusIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { threadsOf } from "./order.ts";
import { creationRights } from "./rights.ts";
import { ThreadGroups } from "./thread-groups.ts";

interface Props {
  channel: Place;
  messages: State["messages"];
}

/** A forum: its posts, and a button that creates one. */
export function Forum({ channel, messages }: Props) {
  const context = useViewContext();
  const { texts, guild } = context;
  const actions = useActions();
  useFocusWhenLost();
  /** Returns the text of the first message of a post, or the names of its files. */
  const excerptOf = ({ id }: ClientThread) => {
    const { content = "", attachments = [] } = messages[id]?.find((message) => message.id === id) ?? {};
    return plainText(content, context) || attachments.map(({ filename }) => filename).join(", ");
  };
  return html`
    <div class="channel-scroller" tabindex="0" role="region" aria-label=${titleOf(channel)}>
      <div class="forum">
        <div class="forum-head">
          <span class="welcome-sign">${forumIcon(32)}</span>
          <p>${texts.threads.forumStart(titleOf(channel), guild?.name ?? "")}</p>
          ${
            creationRights(channel).posts &&
            html`<button
              type="button"
              class="button primary"
              onClick=${() => actions?.openDialog({ of: "newThread", message: null })}
            >
              ${plusIcon(18)} ${texts.threads.newPost}
            </button>`
          }
        </div>
        <${ThreadGroups}
          threads=${threadsOf(guild, channel.id)}
          texts=${texts.threads.posts}
          excerptOf=${excerptOf}
        />
      </div>
    </div>
  `;
}
