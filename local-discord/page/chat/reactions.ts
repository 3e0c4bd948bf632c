import type { APIMessage, APIReaction } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";

/** The reactions below a message. A press adds the person's own, or removes it. */
export function Reactions({ message }: { message: APIMessage }) {
  const { texts } = useViewContext();
  const actions = useActions();
  const { reactions = [] } = message;
  if (reactions.length === 0) return null;
  return html`
    <div class="reactions" role="group" aria-label=${texts.reactions.title}>
      ${reactions.map(
        ({ emoji, count, me }: APIReaction) => html`
          <button
            key=${emoji.id ?? emoji.name}
            type="button"
            class="reaction"
            aria-pressed=${me}
            aria-label=${texts.reactions.count(emoji.name ?? "", count)}
            onClick=${() => actions?.setReaction(message, emoji.name ?? "", !me)}
          >
            <span class="reaction-emoji">${emoji.name}</span> ${count}
          </button>
        `,
      )}
    </div>
  `;
}
