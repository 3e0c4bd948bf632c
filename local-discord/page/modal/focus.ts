const focusable = "a[href], button, input, textarea, select, [tabindex]";

/** Returns the element to which Tab wraps around within the dialog; null if the browser moves the focus within it. */
export function wrappedFocus(dialog: HTMLElement, backward: boolean): HTMLElement | null {
  const all = focusableIn(dialog);
  const at = all.findIndex((element) => element === document.activeElement);
  if (backward) return at <= 0 ? (all.at(-1) ?? null) : null;
  return at === all.length - 1 ? (all[0] ?? null) : null;
}

/** Moves the focus to the first input of a dialog, or else to its main button. */
export function focusFirstInput(dialog: HTMLElement | null): void {
  if (dialog === null) return;
  const field = dialog.querySelector<HTMLElement>(".modal-field");
  const target =
    field === null ? dialog.querySelector<HTMLElement>(".thread-row, .button.primary") : inputIn(field);
  target?.focus();
}

/** Moves the focus to the input of a field, and shows the field with its label. */
export function focusField(field: Element | null): void {
  if (field === null) return;
  inputIn(field)?.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
}

function inputIn(field: Element): HTMLElement | undefined {
  const all = focusableIn(field);
  return all.find((element) => element.matches(":checked")) ?? all[0];
}

function focusableIn(container: Element): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(":disabled") && element.checkVisibility(),
  );
}
