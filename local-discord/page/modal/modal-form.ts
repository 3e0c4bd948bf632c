import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { useFileDrop } from "../files/use-file-drop.ts";
import { TextDisplay } from "../components/text-display.ts";
import type { ComponentChildren } from "preact";
import { warningIcon } from "../view/icons.ts";
import { isField, type FilesField, type Part } from "./fields.ts";
import { ModalField } from "./modal-field.ts";
import { ModalFoot } from "./modal-foot.ts";
import { ModalHead } from "./modal-head.ts";
import { pickFiles } from "./pick-files.ts";
import { type Form, type OnSubmit, useModalForm } from "./use-modal-form.ts";

interface Props {
  modal: Form;
  /** Whether the page is connected to the server. */
  connected: boolean;
  /** The form sets it to what leaving the dialog does. */
  leave: { current: () => void };
  /** What is in front of the title. */
  sign: ComponentChildren;
  /** A sentence above the components. */
  warning?: string | null;
  submitLabel: string;
  onSubmit: OnSubmit;
  onClose: () => void;
}

/** The form of a modal: its title, its components in order, and its buttons. */
export function ModalForm({ modal, connected, leave, sign, warning, submitLabel, onSubmit, onClose }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const { parts, problems, changed, change, submit } = useModalForm(form, { modal, connected, onSubmit });
  const [asking, ask] = useState(false);
  leave.current = () => (changed ? ask(!asking) : onClose());
  const pick = (field: FilesField, files: readonly File[]) => {
    const picked = pickFiles(field, files);
    change(picked.field, picked.refused === null ? undefined : { of: "files", refused: picked.refused });
  };
  useFileDrop((files, target) => {
    const field = uploadFor(parts, target);
    if (field !== undefined) pick(field, files);
  });
  const send = (event: Event) => {
    event.preventDefault();
    ask(false);
    submit();
  };
  return html`
    <form class="modal-form" ref=${form} tabindex="-1" novalidate onSubmit=${send}>
      <${ModalHead} sign=${sign} title=${modal.title} onClose=${() => leave.current()} />
      <div class="modal-body">
        ${warning && html`<p class="modal-warning">${warningIcon()} <span>${warning}</span></p>`}
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
        submitLabel=${submitLabel}
        problems=${problems}
        connected=${connected}
        asking=${asking}
        onKeep=${() => ask(false)}
        onDiscard=${onClose}
        onCancel=${() => leave.current()}
      />
    </form>
  `;
}

/** Returns the upload to which files belong: the one at which they were dropped or pasted, or else the first one. */
function uploadFor(parts: readonly Part[], target: Element | null): FilesField | undefined {
  const uploads = parts.filter((part): part is FilesField => part.kind === "files");
  const at = target?.closest("[data-custom-id]")?.getAttribute("data-custom-id");
  return uploads.find(({ input }) => input.custom_id === at) ?? uploads[0];
}
