import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { channelType, permission } from "../discord.ts";
import { has } from "../threads/rights.ts";
import { useActions } from "../view/actions.ts";
import { pinIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { MenuItem } from "./menu-items.ts";

/** The emoji that the menu of a message offers. */
const EMOJI = ["👍", "👎", "❤️", "😂", "🎉", "😢", "👀", "✅"];

/** The items of a message's menu that add a reaction. */
export function ReactionItems({ message }: { message: APIMessage }) {
  const { texts, channels } = useViewContext();
  const actions = useActions();
  const channel = channels.get(message.channel_id);
  if (channel && !has(channel.permissions, permission.addReactions)) return null;
  return html`
    <div class="menu-row" role="group" aria-label=${texts.reactions.add}>
      ${EMOJI.map(
        (emoji) => html`
          <button
            key=${emoji}
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-label=${texts.reactions.react(emoji)}
            onClick=${() => actions?.setReaction(message, emoji, true)}
          >
            ${emoji}
          </button>
        `,
      )}
    </div>
  `;
}

/** The item of a message's menu that pins or unpins it. */
export function PinItem({ message }: { message: APIMessage }) {
  const { texts, channels } = useViewContext();
  const actions = useActions();
  const channel = channels.get(message.channel_id);
  const isDirect = channel === undefined || channel.type === channelType.dm;
  if (!isDirect && !has(channel.permissions, permission.pinMessages)) return null;
  const onPress = () => actions?.setPin(message, !message.pinned);
  return html`<${MenuItem} label=${message.pinned ? texts.pins.unpin : texts.pins.pin} onPress=${onPress}>
    ${pinIcon(18)}
  <//>`;
}
