import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";

/** How near the end, in pixels, still counts as at the end. */
const TOLERANCE_PIXELS = 24;

/**
 * Keeps a scrolled list at its end while it grows, but only as long as the reader is there. It watches sizes rather than
 * messages, as pictures and rows that come into view (content-visibility) change the height later.
 */
export function useStickToBottom(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const sticks = useRef(true);
  const [atBottom, setAtBottom] = useState(true);

  const jump = useCallback(() => {
    sticks.current = true;
    setAtBottom(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  useLayoutEffect(() => {
    const area = scroller.current;
    if (area === null || content.current === null) return undefined;
    const follow = () => {
      if (sticks.current) area.scrollTop = area.scrollHeight;
    };
    let lastTop = area.scrollTop;
    const look = () => {
      const near = area.scrollHeight - area.scrollTop - area.clientHeight <= TOLERANCE_PIXELS;
      // Only somebody who scrolls up lets go of the end: a picture that has just loaded moves it away, too.
      if (near || area.scrollTop < lastTop) sticks.current = near;
      lastTop = area.scrollTop;
      setAtBottom(sticks.current);
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(content.current);
    sizes.observe(area);
    area.addEventListener("scroll", look, { passive: true });
    follow();
    return () => {
      sizes.disconnect();
      area.removeEventListener("scroll", look);
    };
  }, []);

  return { atBottom, jump };
}
