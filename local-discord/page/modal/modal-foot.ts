import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Dots } from "../chat/thinking.ts";
import { FailedNote } from "../chat/failed-note.ts";
import type { OpenModal } from "../state/state.ts";
import { useViewContext } from "../view/view-context.ts";
import type { Problems } from "./problems.ts";

interface Props {
  submission: OpenModal["submission"];
  submitLabel: string;
  problems: Problems;
  connected: boolean;
  /** Whether to ask if what was entered shall be discarded. */
  asking: boolean;
  onKeep: () => void;
  onDiscard: () => void;
  onCancel: () => void;
}

/** The buttons of a modal, below a note that says why it is not submitted. */
export function ModalFoot({ asking, onKeep, onDiscard, onCancel, connected, submitLabel, ...state }: Props) {
  const { texts } = useViewContext();
  return html`
    <footer class="modal-foot">
      <p class="modal-note" role="status" id="modal-offline">${!connected && texts.modal.offline}</p>
      <div role="alert">${!asking && html`<${Failure} ...${state} />`}</div>
      ${
        asking
          ? html`<${DiscardQuestion} onKeep=${onKeep} onDiscard=${onDiscard} />`
          : html`<div class="modal-buttons">
              <button type="button" class="button secondary" onClick=${onCancel}>
                ${texts.modal.cancel}
              </button>
              <${SubmitButton}
                label=${submitLabel}
                sending=${state.submission?.status === "sending"}
                connected=${connected}
              />
            </div>`
      }
    </footer>
  `;
}

/** Says how many inputs have problems, or what went wrong with the submission. */
function Failure({ submission, problems }: Pick<Props, "submission" | "problems">) {
  const { texts } = useViewContext();
  if (problems.size > 0)
    return html`<${FailedNote} text=${texts.modal.problems(problems.size)} reason=${null} />`;
  if (submission?.status !== "failed") return null;
  return html`<${FailedNote} text=${submission.reason ?? texts.modal.failed} reason=${null} />`;
}

function SubmitButton(props: { label: string; sending: boolean; connected: boolean }) {
  const { label, sending, connected } = props;
  const { texts } = useViewContext();
  return html`
    <button
      type="submit"
      class="button primary"
      aria-disabled=${!connected}
      aria-describedby="modal-offline"
      aria-busy=${sending}
    >
      <span class="button-face">${label}</span>
      ${
        sending &&
        html`<span class="button-wait"
          ><${Dots} /><span class="visually-hidden">${texts.modal.submitting}</span></span
        >`
      }
    </button>
  `;
}

function DiscardQuestion({ onKeep, onDiscard }: Pick<Props, "onKeep" | "onDiscard">) {
  const { texts } = useViewContext();
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const form = keep.current?.form;
    keep.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      else form?.focus();
    };
  }, []);
  return html`
    <div class="modal-buttons" role="group" aria-labelledby="modal-question">
      <p class="modal-question" id="modal-question">${texts.modal.discardQuestion}</p>
      <button type="button" class="button secondary" ref=${keep} onClick=${onKeep}>
        ${texts.modal.keepEditing}
      </button>
      <button type="button" class="button danger" onClick=${onDiscard}>${texts.modal.discard}</button>
    </div>
  `;
}
