import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { useFileDrop } from "../files/use-file-drop.ts";
import { TextDisplay } from "../components/text-display.ts";
import type { OpenModal } from "../state/state.ts";
import { useActions } from "../view/actions.ts";
import { Avatar } from "../view/avatar.ts";
import { closeIcon, warningIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";
import { isField, type FilesField, type Part } from "./fields.ts";
import { ModalField } from "./modal-field.ts";
import { ModalFoot } from "./modal-foot.ts";
import { pickFiles } from "./pick-files.ts";
import { useModalForm } from "./use-modal-form.ts";

interface Props {
  modal: OpenModal;
  connected: boolean;
  leave: { current: () => void };
}

/** The form of a modal: its title, its components in order, and its buttons. */
export function ModalForm({ modal, connected, leave }: Props) {
  const { texts, bot } = useViewContext();
  const actions = useActions();
  const form = useRef<HTMLFormElement>(null);
  const { parts, problems, changed, change, submit } = useModalForm(form, { modal, connected });
  const [asking, ask] = useState(false);
  const close = () => actions?.closeModal(modal);
  leave.current = () => (changed ? ask(!asking) : close());
  const pick = (field: FilesField, files: readonly File[]) => {
    const picked = pickFiles(field, files);
    change(picked.field, picked.refused === null ? undefined : { of: "files", refused: picked.refused });
  };
  useFileDrop((files, target) => {
    const field = uploadFor(parts, target);
    if (field !== undefined) pick(field, files);
  });
  const onSubmit = (event: Event) => {
    event.preventDefault();
    ask(false);
    submit();
  };
  return html`
    <form class="modal-form" ref=${form} tabindex="-1" novalidate onSubmit=${onSubmit}>
      <${ModalHead} title=${modal.title} onClose=${() => leave.current()} />
      <div class="modal-body">
        ${bot && html`<p class="modal-warning">${warningIcon()} <span>${texts.modal.warning(displayName(bot))}</span></p>`}
        ${parts.map((part, index) => {
          if (!isField(part)) return html`<${TextDisplay} key=${index} component=${part} />`;
          const problem = problems.get(part.input.custom_id);
          return html`<${ModalField}
            key=${index}
            id=${`modal-field-${index}`}
            field=${part}
            problem=${problem}
            onChange=${change}
            onFiles=${pick}
          />`;
        })}
      </div>
      <${ModalFoot}
        submission=${modal.submission}
        problems=${problems}
        connected=${connected}
        asking=${asking}
        onKeep=${() => ask(false)}
        onDiscard=${close}
        onCancel=${() => leave.current()}
      />
    </form>
  `;
}

function ModalHead({ title, onClose }: { title: string; onClose: () => void }) {
  const { texts, bot } = useViewContext();
  return html`
    <header class="modal-head">
      ${bot && html`<${Avatar} user=${bot} size=${32} />`}
      <h2 id="modal-title">${title}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${texts.close}
        title=${texts.close}
        onClick=${onClose}
      >
        ${closeIcon()}
      </button>
    </header>
  `;
}

/** Returns the upload to which files belong: the one at which they were dropped or pasted, or else the first one. */
function uploadFor(parts: readonly Part[], target: Element | null): FilesField | undefined {
  const uploads = parts.filter((part): part is FilesField => part.kind === "files");
  const at = target?.closest("[data-custom-id]")?.getAttribute("data-custom-id");
  return uploads.find(({ input }) => input.custom_id === at) ?? uploads[0];
}
