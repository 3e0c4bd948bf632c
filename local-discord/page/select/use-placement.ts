import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Distance from the edges of the window, and between list and field, in pixels. */
const GAP = 4;
const EDGE = 8;
const MIN_WIDTH = 240;
const MAX_HEIGHT = 340;
/** Largest width of a phone's window, in which the list takes the whole width. */
const PHONE_WIDTH = 600;

/**
 * Shows a list in the top layer, where nothing clips it, below the field or, if there is more room, above it. It is as wide as
 * the field or, on a phone, the window.
 * @returns the style of the list
 */
export function usePlacement(
  list: RefObject<HTMLElement | null>,
  field: RefObject<HTMLElement | null>,
): Record<string, string> {
  const [style, setStyle] = useState<Record<string, string>>({});
  useLayoutEffect(() => {
    list.current?.showPopover();
    const place = () => {
      const box = field.current?.getBoundingClientRect();
      if (box) setStyle(placeBeside(box, list.current?.scrollHeight ?? 0));
    };
    const onScroll = ({ target }: Event) => {
      if (!(target instanceof Node && list.current?.contains(target))) place();
    };
    place();
    window.addEventListener("resize", place);
    window.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => {
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", onScroll, { capture: true });
    };
  }, []);
  return style;
}

function placeBeside({ left, top, bottom, width }: DOMRect, needed: number): Record<string, string> {
  const { innerWidth, innerHeight } = window;
  const room = innerWidth - 2 * EDGE;
  const listWidth = innerWidth <= PHONE_WIDTH ? room : Math.min(Math.max(width, MIN_WIDTH), room);
  const x = Math.max(EDGE, Math.min(left, innerWidth - EDGE - listWidth));
  const [above, below] = [top - GAP - EDGE, innerHeight - bottom - GAP - EDGE];
  const up = below < Math.min(needed, MAX_HEIGHT) && above > below;
  return {
    left: `${x}px`,
    width: `${listWidth}px`,
    [up ? "bottom" : "top"]: `${Math.max(EDGE, up ? innerHeight - top + GAP : bottom + GAP)}px`,
    "max-height": `${Math.max(Math.min(up ? above : below, MAX_HEIGHT), 120)}px`,
  };
}
