import { html } from "htm/preact";
import type { Place } from "../state/place.ts";
import type { ThreadDialog } from "../state/state.ts";
import { NewThread } from "./new-thread.ts";
import { ThreadList } from "./thread-list.ts";

interface Props {
  dialog: ThreadDialog;
  channel: Place;
  connected: boolean;
}

/** The open dialog about the threads of a channel. */
export function ThreadDialogView({ dialog, channel, connected }: Props) {
  if (dialog.of === "threads") return html`<${ThreadList} channel=${channel} />`;
  return html`<${NewThread} channel=${channel} message=${dialog.message} connected=${connected} />`;
}
