import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { channelType, messageType } from "../discord.ts";
import { creationRights } from "../threads/rights.ts";
import { useActions } from "../view/actions.ts";
import { threadIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { MenuItem } from "./menu-items.ts";

/** The item of a message's menu that opens its thread, or creates one. */
export function ThreadItem({ message }: { message: APIMessage }) {
  const { texts, threads, channels } = useViewContext();
  const actions = useActions();
  const { id, channel_id: channelId } = message;
  // The first message of a thread is in the thread already.
  if (message.type === messageType.threadStarterMessage) return null;
  const channel = channels.get(channelId);
  if (channel?.type !== channelType.guildText) return null;
  const exists = threads.has(id);
  if (!exists && !creationRights(channel).publicly) return null;
  const onPress = () => {
    if (exists) actions?.show(id);
    // The menu closes first, and returns the focus, so that the dialog can return it later.
    else setTimeout(() => actions?.openDialog({ of: "newThread", message }));
  };
  return html`<${MenuItem} label=${exists ? texts.threads.open : texts.threads.create} onPress=${onPress}>
    ${threadIcon(18)}
  <//>`;
}
