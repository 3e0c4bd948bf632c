import { useEffect } from "preact/hooks";

/** Moves the focus to the composer, or else to the list, when a channel appears because of a press on something that is gone now. */
export function useFocusWhenLost(): void {
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    const targets = [".composer textarea", ".channel-scroller"].map((one) =>
      document.querySelector<HTMLElement>(one),
    );
    targets.find((target) => target !== null)?.focus();
  }, []);
}
