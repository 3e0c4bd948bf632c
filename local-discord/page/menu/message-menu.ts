import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import { AppItems, CopyItem } from "./menu-items.ts";
import type { OpenMenu } from "./menu.ts";
import { PopupMenu } from "./popup-menu.ts";
import { PinItem, ReactionItems } from "./reaction-items.ts";
import { ThreadItem } from "./thread-item.ts";

interface Props extends OpenMenu {
  /** The message commands that the person can use here. */
  commands: readonly APIApplicationCommand[];
  onClose: () => void;
}

/** The menu of a message. */
export function MessageMenu({ message, at, commands, onClose }: Props) {
  const { texts } = useViewContext();
  const actions = useActions();
  return html`
    <${PopupMenu} label=${texts.messageMenu} at=${at} onClose=${onClose}>
      <${ThreadItem} message=${message} />
      <${PinItem} message=${message} />
      ${message.content !== "" && html`<${CopyItem} label=${texts.copyText} text=${message.content} />`}
      <${ReactionItems} message=${message} />
      <${AppItems}
        commands=${commands}
        empty=${texts.noApps}
        onUse=${(command: APIApplicationCommand) => actions?.sendMessageCommand(command, message)}
      />
    <//>
  `;
}
