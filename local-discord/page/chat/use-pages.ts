import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** How many items are drawn at first, how many more at a time, and how many stay while the reader is at the end. */
const page = 50;
const most = 3 * page;

/** How near, in pixels, the reader comes to the first item drawn before those above it are drawn. */
const ahead = 1200;

/** Milliseconds after which what was drawn above is no news any more. */
const settling = 500;

/**
 * Draws the end of a long list, and more of it to whoever scrolls up. `hidden` is how many items above are not drawn;
 * `edge` is for an element that stands in their place; `busy` says that some of them are being drawn.
 */
export function usePages(
  count: number,
  { scroller, atBottom }: { scroller: RefObject<HTMLElement | null>; atBottom: boolean },
) {
  const [wanted, want] = useState(0);
  const [busy, setBusy] = useState(false);
  const before = useRef(0);
  const edge = useRef<HTMLDivElement>(null);
  const place = useRef<{ top: number; height: number } | null>(null);

  // A list that has come anew, or has grown long under somebody who reads its end.
  const anew = count > before.current + page || (atBottom && count - wanted > most);
  const hidden = anew ? Math.max(count - page, 0) : Math.min(wanted, Math.max(count - page, 0));
  before.current = count;
  if (hidden !== wanted) want(hidden);

  useEffect(() => {
    if (edge.current === null) return undefined;
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (!seen?.isIntersecting || scroller.current === null) return;
        place.current = { top: scroller.current.scrollTop, height: scroller.current.scrollHeight };
        setBusy(true);
        want(Math.max(hidden - page, 0));
      },
      { root: scroller.current, rootMargin: `${ahead}px 0px 0px` },
    );
    observer.observe(edge.current);
    return () => observer.disconnect();
  }, [hidden]);

  /** What is being read stays where it is while the list grows above it. */
  useLayoutEffect(() => {
    if (place.current === null || scroller.current === null) return;
    const { top, height } = place.current;
    scroller.current.scrollTop = top + scroller.current.scrollHeight - height;
    place.current = null;
  }, [hidden]);

  useEffect(() => {
    const timer = setTimeout(() => setBusy(false), settling);
    return () => clearTimeout(timer);
  }, [hidden]);

  return { hidden, edge, busy };
}
