import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { useViewContext } from "../view/view-context.ts";
import { moreIcon } from "../view/icons.ts";
import { useMenu } from "./menu.ts";

/** The button in the corner of a message that opens its menu. */
export function MoreButton({ message }: { message: APIMessage }) {
  const { texts } = useViewContext();
  const { openFor, open } = useMenu();
  const onClick = ({ currentTarget }: TargetedEvent<HTMLButtonElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    open({ message, at: { x: left, y: bottom + 4 } });
  };
  return html`
    <button
      type="button"
      class="more-button"
      aria-label=${texts.more}
      title=${texts.more}
      aria-haspopup="menu"
      aria-expanded=${openFor === message.id}
      onClick=${onClick}
    >
      ${moreIcon()}
    </button>
  `;
}
