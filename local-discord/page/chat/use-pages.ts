import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Items that are drawn at first, and added when the reader scrolls up. */
const PAGE_ITEMS = 50;
/** Limit of the drawn items while the reader is at the end. */
const MAX_ITEMS_AT_END = 3 * PAGE_ITEMS;

/** Distance from the first drawn item at which more items are drawn above it. */
const PRELOAD_PIXELS = 1200;

/** Time for which the list counts as busy after items were drawn above. */
const BUSY_MS = 500;

/**
 * Draws only the end of a long list, and more of it when the reader scrolls up.
 * @returns `hidden`, the number of items above that are not drawn; `edge`, a ref for an element in their place; `busy`, whether
 * items are being drawn above
 */
export function usePages(
  count: number,
  { scroller, atBottom }: { scroller: RefObject<HTMLElement | null>; atBottom: boolean },
) {
  const [lastHidden, setHidden] = useState(0);
  const [busy, setBusy] = useState(false);
  const before = useRef(0);
  const edge = useRef<HTMLDivElement>(null);
  const place = useRef<{ top: number; height: number } | null>(null);

  // The list is another one, or has grown too long while the reader is at its end.
  const restart = count > before.current + PAGE_ITEMS || (atBottom && count - lastHidden > MAX_ITEMS_AT_END);
  const maxHidden = Math.max(count - PAGE_ITEMS, 0);
  const hidden = restart ? maxHidden : Math.min(lastHidden, maxHidden);
  before.current = count;
  if (hidden !== lastHidden) setHidden(hidden);

  useEffect(() => {
    if (edge.current === null) return undefined;
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (!seen?.isIntersecting || scroller.current === null) return;
        place.current = { top: scroller.current.scrollTop, height: scroller.current.scrollHeight };
        setBusy(true);
        setHidden(Math.max(hidden - PAGE_ITEMS, 0));
      },
      { root: scroller.current, rootMargin: `${PRELOAD_PIXELS}px 0px 0px` },
    );
    observer.observe(edge.current);
    return () => observer.disconnect();
  }, [hidden]);

  /** Keeps the reader's position while items are added above. */
  useLayoutEffect(() => {
    if (place.current === null || scroller.current === null) return;
    const { top, height } = place.current;
    scroller.current.scrollTop = top + scroller.current.scrollHeight - height;
    place.current = null;
  }, [hidden]);

  useEffect(() => {
    const timer = setTimeout(() => setBusy(false), BUSY_MS);
    return () => clearTimeout(timer);
  }, [hidden]);

  return { hidden, edge, busy };
}
