import { useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * Whether rail and sidebar are over the channel, as they are on a phone when one asks for them. They take the focus, and
 * give it back; Escape closes them.
 */
export function useNavigation(): [boolean, (shown: boolean) => void] {
  const [shown, show] = useState(false);
  const before = useRef<Element | null>(null);
  // Before the browser takes the focus from the channel, which is inert from now on.
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
