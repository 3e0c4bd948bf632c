import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { closeIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";

interface Props {
  /** What is in front of the title. */
  sign: ComponentChildren;
  title: string;
  onClose: () => void;
}

/** The head of a dialog: its title, and a button that closes it. */
export function ModalHead({ sign, title, onClose }: Props) {
  const { texts } = useViewContext();
  return html`
    <header class="modal-head">
      ${sign}
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
