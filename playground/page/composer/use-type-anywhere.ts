import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** As on Discord, typing goes into the composer wherever the focus is, unless something there takes keys itself. */
export function useTypeAnywhere(area: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event) && !takesKeys(event.target)) area.current?.focus();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function isTyping({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return /^\S$/u.test(key) && !ctrlKey && !altKey && !metaKey;
}

function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}
