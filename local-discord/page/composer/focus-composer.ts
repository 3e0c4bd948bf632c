/** For whoever has chosen files, or has waved away what had the focus. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>(".composer textarea")?.focus();
}
