import type { APIMessageComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { FailedNote } from "../chat/failed-note.ts";
import { useMessageScope } from "./message-scope.ts";

/** A note that the press of one of these buttons failed. It is beside them, because the end of a long message may be invisible. */
export function PressNote({ buttons }: { buttons: readonly APIMessageComponent[] }) {
  const { presses } = useMessageScope();
  const failed = presses.find(
    ({ status, customId }) =>
      status === "failed" && buttons.some((button) => "custom_id" in button && button.custom_id === customId),
  );
  return failed ? html`<${FailedNote} reason=${failed.reason} />` : null;
}
