import type { APIMessageComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { FailedNote } from "../chat/failed-note.ts";
import { useMessageScope } from "./message-scope.ts";

/** That pressing one of these buttons has failed; said beside them, as a long message may end out of sight. */
export function PressNote({ buttons }: { buttons: readonly APIMessageComponent[] }) {
  const { presses } = useMessageScope();
  const failed = presses.find(
    ({ status, customId }) =>
      status === "failed" && buttons.some((button) => "custom_id" in button && button.custom_id === customId),
  );
  return failed ? html`<${FailedNote} reason=${failed.reason} />` : null;
}
