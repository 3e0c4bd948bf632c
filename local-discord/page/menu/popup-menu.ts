import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { nextFocus } from "./next-focus.ts";

/** A position in pixels from the window's upper left corner. */
export interface Position {
  x: number;
  y: number;
}

interface Props {
  label: string;
  at: Position;
  onClose: () => void;
  children: ComponentChildren;
}

/** A menu at a position. It takes the focus, returns it when it closes, and closes when an item is chosen. */
export function PopupMenu({ label, at, onClose, children }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const place = usePlace(menu, at);
  useModalFocus(menu, onClose);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = focusAfter(event.key, menu.current);
    if (next === null && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) onClose();
    else next.focus();
  };
  const onClick = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.target instanceof Element && event.target.closest("[role=menuitem]") !== null) onClose();
  };
  return html`
    <div
      class="menu-scrim"
      onClick=${onClose}
      onContextMenu=${(event: Event) => (event.preventDefault(), event.stopPropagation(), onClose())}
    >
      <div
        class="menu"
        role="menu"
        aria-label=${label}
        tabindex="-1"
        ref=${menu}
        style=${place}
        onKeyDown=${onKeyDown}
        onClick=${onClick}
      >
        ${children}
      </div>
    </div>
  `;
}

const SIDEWAYS: Readonly<Record<string, string>> = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" };

/**
 * Returns the item to which a key moves the focus; null if it does not move it. A row of items counts as one item for the keys that
 * go up and down.
 */
function focusAfter(key: string, menu: HTMLElement | null): HTMLElement | null {
  const row = rowOf(document.activeElement);
  const sideways = SIDEWAYS[key];
  if (sideways !== undefined)
    return (
      row && nextFocus(sideways, [...row.querySelectorAll<HTMLElement>("button")], document.activeElement)
    );
  const leadsItsRow = (item: HTMLElement) =>
    rowOf(item) === null || item === item.parentElement?.firstElementChild;
  const items = [...(menu?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])].filter(leadsItsRow);
  return nextFocus(key, items, row?.firstElementChild ?? document.activeElement);
}

function rowOf(element: Element | null): Element | null {
  return element?.closest(".menu-row") ?? null;
}

/** Places the menu beside the pointer, but within the window. */
function usePlace(menu: { current: HTMLElement | null }, { x, y }: Position) {
  const [place, setPlace] = useState({ left: `${x}px`, top: `${y}px` });
  useLayoutEffect(() => {
    const { width = 0, height = 0 } = menu.current?.getBoundingClientRect() ?? {};
    const within = (position: number, size: number, room: number) =>
      Math.max(8, Math.min(position, room - size - 8));
    setPlace({
      left: `${within(x, width, window.innerWidth)}px`,
      top: `${within(y, height, window.innerHeight)}px`,
    });
  }, [x, y]);
  return place;
}

function useModalFocus(menu: { current: HTMLElement | null }, onClose: () => void): void {
  // A layout effect, because a key may be pressed before other effects run.
  useLayoutEffect(() => {
    const before = document.activeElement;
    (menu.current?.querySelector<HTMLElement>("[role^=menuitem]") ?? menu.current)?.focus();
    window.addEventListener("resize", onClose);
    return () => {
      window.removeEventListener("resize", onClose);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
}
