import { useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * Returns whether rail and sidebar are open over the channel, as on a phone, and a function to open or close them. They take the
 * focus and return it; Escape closes them.
 */
export function useNavigation(): [boolean, (shown: boolean) => void] {
  const [shown, show] = useState(false);
  const before = useRef<Element | null>(null);
  // A layout effect, because the channel becomes inert and loses the focus.
  useLayoutEffect(() => {
    if (!shown) {
      if (before.current instanceof HTMLElement) before.current.focus();
      return undefined;
    }
    before.current = document.activeElement;
    document.querySelector<HTMLElement>(".channel-link[aria-current]")?.focus();
    const listen = ({ key }: KeyboardEvent) => key === "Escape" && show(false);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [shown]);
  return [shown, show];
}
