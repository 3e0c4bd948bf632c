import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { PinList } from "../pins/pin-list.ts";
import type { Place } from "../state/place.ts";
import type { ChannelDialog } from "../state/state.ts";
import { NewThread } from "../threads/new-thread.ts";
import { ThreadList } from "../threads/thread-list.ts";

interface Props {
  dialog: ChannelDialog;
  channel: Place;
  /** The messages of the channel, oldest first. */
  messages: readonly APIMessage[];
  connected: boolean;
}

/** The open dialog about a channel. */
export function ChannelDialogView({ dialog, channel, messages, connected }: Props) {
  if (dialog.of === "pins") return html`<${PinList} messages=${messages} />`;
  if (dialog.of === "threads") return html`<${ThreadList} channel=${channel} />`;
  return html`<${NewThread} channel=${channel} message=${dialog.message} connected=${connected} />`;
}
