import type { APIMessageComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { FailedNote } from "../chat/failed-note.ts";
import { useMessageScope } from "./message-scope.ts";

/**
 * A note that a press of one of these buttons failed, or a selection in one of these select menus. It is beside them, because the
 * end of a long message may be invisible.
 */
export function PressNote({ components }: { components: readonly APIMessageComponent[] }) {
  const { presses } = useMessageScope();
  const failed = presses.find(
    ({ status, customId }) =>
      status === "failed" && components.some((one) => "custom_id" in one && one.custom_id === customId),
  );
  return failed ? html`<${FailedNote} reason=${failed.reason} />` : null;
}
