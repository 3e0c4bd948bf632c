import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Closes something that is open when the person presses or focuses anything outside of it. */
export function useCloseOutside(root: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open) return undefined;
    const listen = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) latest.current();
    };
    document.addEventListener("pointerdown", listen, { capture: true });
    document.addEventListener("focusin", listen);
    return () => {
      document.removeEventListener("pointerdown", listen, { capture: true });
      document.removeEventListener("focusin", listen);
    };
  }, [open]);
}
