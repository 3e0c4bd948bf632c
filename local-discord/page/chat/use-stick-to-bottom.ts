import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Distance from the end that still counts as at the end. */
const TOLERANCE_PIXELS = 24;

/**
 * Keeps a list at its end while it grows, unless the reader has scrolled up. Watches sizes and not messages, because images and
 * rows with content-visibility change the height later.
 * @param isEmpty whether the channel has no messages; then it stays at its beginning, even if its welcome is higher than the screen
 */
export function useStickToBottom(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  isEmpty: boolean,
) {
  const empty = useRef(isEmpty);
  empty.current = isEmpty;
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
      if (sticks.current && !empty.current) area.scrollTop = area.scrollHeight;
    };
    let lastTop = area.scrollTop;
    const look = () => {
      const near = area.scrollHeight - area.scrollTop - area.clientHeight <= TOLERANCE_PIXELS;
      // Only scrolling up unsticks the list, because an image that loads also moves the end away.
      if (near || empty.current || area.scrollTop < lastTop) sticks.current = near || empty.current;
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
