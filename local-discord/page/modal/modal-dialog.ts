import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import type { ClientModalSubmit } from "../../src/client-protocol.ts";
import type { OpenModal } from "../state/state.ts";
import { useActions } from "../view/actions.ts";
import { Avatar } from "../view/avatar.ts";
import { displayName } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";
import { Dialog } from "./dialog.ts";
import { ModalForm } from "./modal-form.ts";

interface Props {
  modal: OpenModal;
  /** Whether the page is connected to the server. */
  connected: boolean;
}

/** The dialog of a modal that the bot has opened. */
export function ModalDialog({ modal, connected }: Props) {
  const { texts, bot } = useViewContext();
  const actions = useActions();
  const leave = useRef(() => {});
  return html`
    <${Dialog} id=${modal.id} leave=${leave}>
      <${ModalForm}
        key=${modal.id}
        modal=${modal}
        connected=${connected}
        leave=${leave}
        sign=${bot && html`<${Avatar} user=${bot} size=${32} />`}
        warning=${bot && texts.modal.warning(displayName(bot))}
        submitLabel=${texts.modal.submit}
        onSubmit=${(data: ClientModalSubmit["data"], files: readonly File[]) =>
          actions?.submitModal(modal, data, files)}
        onClose=${() => actions?.closeModal(modal)}
      />
    <//>
  `;
}
