import type { APIMessage } from "discord-api-types/v10";
import { useEffect, useRef } from "preact/hooks";
import { useMenu } from "./menu.ts";

/** Browsers take about 500 ms for a long press. Safari on iOS does not report it. */
const LONG_PRESS_MS = 450;

/** Distance from which a touch scrolls. */
const TOLERANCE_PIXELS = 10;

interface Touch {
  x: number;
  y: number;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * Returns the event handlers that open the menu of a message on a right click, and on a long press on a picture.
 * @param message without one, there is no menu
 */
export function useMessageMenu(message: APIMessage | undefined) {
  const { open } = useMenu();
  const touch = useRef<Touch | null>(null);
  const endTouch = () => {
    clearTimeout(touch.current?.timer);
    touch.current = null;
  };
  useEffect(() => endTouch, []);
  if (message === undefined) return {};

  const openAt = (x: number, y: number) => {
    if (touch.current !== null) ignoreRestOfTouch();
    endTouch();
    open({ message, at: { x, y } });
  };
  return {
    onContextMenu(event: MouseEvent) {
      if (hasOwnMenu(event)) return;
      event.preventDefault();
      openAt(event.clientX, event.clientY);
    },
    onPointerDown({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent) {
      endTouch();
      if (pointerType !== "touch" || !isPrimary || !isPicture(target)) return;
      touch.current = { x, y, timer: setTimeout(() => openAt(x, y), LONG_PRESS_MS) };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x, y } = touch.current ?? { x: clientX, y: clientY };
      if (Math.hypot(clientX - x, clientY - y) > TOLERANCE_PIXELS) endTouch();
    },
    onPointerUp: endTouch,
    onPointerCancel: endTouch,
  };
}

/** Whether a click opens the browser's menu: on links other than pictures, with selected text, or with Shift. */
function hasOwnMenu({ shiftKey, target }: MouseEvent): boolean {
  const onLink = target instanceof Element && target.closest("a") !== null && !isPicture(target);
  return shiftKey || onLink || getSelection()?.isCollapsed === false;
}

function isPicture(target: EventTarget | null): boolean {
  return target instanceof Element && (target.closest("a")?.matches(":has(img)") ?? false);
}

function ignore(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Ignores what the browser makes of the rest of the touch: its own long press and a click, which would open the picture or close
 * the menu, and take the focus from it.
 */
function ignoreRestOfTouch(): void {
  const ignored = new AbortController();
  const end = () => void setTimeout(() => ignored.abort());
  const options = { capture: true, signal: ignored.signal };
  for (const type of ["touchend", "mousedown", "click", "contextmenu"])
    addEventListener(type, ignore, options);
  // The end of a touch on a removed element does not arrive here, but the next touch does.
  for (const type of ["touchend", "touchcancel", "pointerdown"]) addEventListener(type, end, options);
}
