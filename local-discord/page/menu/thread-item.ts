import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { channelType } from "../discord.ts";
import { creationRights } from "../threads/rights.ts";
import { useActions } from "../view/actions.ts";
import { threadIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { MenuItem } from "./menu-items.ts";

/** The item of a message's menu that opens its thread, or creates one. */
export function ThreadItem({ message }: { message: APIMessage }) {
  const { texts, guild, threads, channels } = useViewContext();
  const actions = useActions();
  const { id, channel_id: channelId } = message;
  if (guild === null || channels.get(channelId)?.type !== channelType.guildText) return null;
  const item = (label: string, onPress: () => void) =>
    html`<${MenuItem} label=${label} onPress=${onPress}>${threadIcon(18)}<//>`;
  if (threads.has(id)) return item(texts.threads.open, () => actions?.show(id));
  if (!creationRights(guild).publicly) return null;
  // The menu closes first, and returns the focus, so that the dialog can return it later.
  return item(texts.threads.create, () =>
    setTimeout(() => actions?.openDialog({ of: "newThread", message })),
  );
}
