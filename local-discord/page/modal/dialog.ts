import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusComposer } from "../composer/composer.ts";
import { focusFirstInput, wrappedFocus } from "./focus.ts";

interface Props {
  /** Id of its content. The focus moves to the first input when it changes. */
  id: string;
  /** What Escape and a press outside do: they close the dialog, or ask first whether to discard what was entered. */
  leave: { current: () => void };
  /** The content, in which the element `modal-title` names the dialog. */
  children: ComponentChildren;
}

/** A dialog. It holds the focus, makes the page behind it inert, and returns the focus when it closes. */
export function Dialog({ id, leave, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedOutside = useRef(false);
  useShowModal(dialog);
  useLayoutEffect(() => focusFirstInput(dialog.current), [id]);
  useKeys(dialog, leave);

  const isOutside = ({ target }: Event) => target === dialog.current;
  return html`
    <dialog
      class="modal"
      aria-labelledby="modal-title"
      aria-modal="true"
      ref=${dialog}
      onCancel=${(event: Event) => {
        event.preventDefault();
        leave.current();
      }}
      onClose=${() => {
        // The browser has closed it, as with a phone's gesture to go back.
        if (dialog.current?.isConnected) dialog.current.showModal();
        leave.current();
      }}
      onPointerDown=${(event: Event) => (pressedOutside.current = isOutside(event))}
      onClick=${(event: Event) => pressedOutside.current && isOutside(event) && leave.current()}
    >
      ${children}
    </dialog>
  `;
}

function useShowModal(dialog: { current: HTMLDialogElement | null }): void {
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.remove();
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else focusComposer();
    };
  }, []);
}

/** Handles Escape and Tab wherever the focus is. */
function useKeys(dialog: { current: HTMLDialogElement | null }, leave: { current: () => void }): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A list of choices inside handles its keys itself.
      if (event.defaultPrevented || event.isComposing || dialog.current === null) return;
      if (event.key === "Escape") {
        event.preventDefault();
        leave.current();
      }
      const wrapped = event.key === "Tab" ? wrappedFocus(dialog.current, event.shiftKey) : null;
      if (wrapped === null) return;
      event.preventDefault();
      wrapped.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
