import type { APISelectMenuComponent } from "discord-api-types/v10";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useViewContext } from "../view/view-context.ts";
import { choicesOf, isSearchable, search, type SelectChoice } from "./choices.ts";
import { findTyped, keyMeaning } from "./key-meaning.ts";

/** Milliseconds after which typing starts a new search. */
const TYPING_PAUSE_MS = 700;

interface Options {
  component: APISelectMenuComponent;
  values: readonly string[];
  bounds: { least: number; most: number };
  /** Whether the person cannot change the selection now. */
  locked: boolean;
  onChange: (values: readonly string[]) => void;
  onClose: ((values: readonly string[]) => void) | undefined;
}

/** The logic of a select menu: whether its list is open, the active entry, the search, and the keys. */
export function useSelect(
  root: RefObject<HTMLElement | null>,
  { component, values, bounds, locked, onChange, onClose }: Options,
) {
  const context = useViewContext();
  const [opened, setOpened] = useState(false);
  const [active, setActive] = useState(0);
  const [query, setQuery] = useState("");
  const typed = useRef({ text: "", at: 0 });
  const all = choicesOf(component, context);
  const searchable = isSearchable(component);
  const choices = searchable ? search(all, query) : all;
  const open = opened && !locked;

  const openList = (at?: number) => {
    if (locked) return;
    setQuery("");
    setActive(
      at ??
        Math.max(
          0,
          all.findIndex(({ value }) => values.includes(value)),
        ),
    );
    setOpened(true);
  };
  const close = (chosen: readonly string[] = values, { refocus = true } = {}) => {
    setOpened(false);
    onClose?.(chosen);
    if (refocus) root.current?.querySelector<HTMLElement>(".select-field")?.focus();
  };
  const change = (next: readonly string[], done: boolean) => {
    onChange(next);
    if (done) close(next);
  };
  const choose = ({ value }: SelectChoice) => {
    const { least, most } = bounds;
    const without = values.filter((one) => one !== value);
    const chosen = without.length < values.length;
    if (most > 1) {
      if (chosen || values.length < most) change(chosen ? without : [...values, value], false);
    } else if (chosen && least > 0) close();
    else change(chosen ? [] : [value], true);
  };
  const type = (key: string) => {
    const now = Date.now();
    const text = now - typed.current.at > TYPING_PAUSE_MS ? key : typed.current.text + key;
    typed.current = { text, at: now };
    const found = findTyped(all, text, open ? active : -1);
    if (!open) openList(found ?? undefined);
    else if (found !== null) setActive(found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const meaning = keyMeaning(event, { open, searching: open && searchable && query !== "", searchable });
    if (meaning === null || locked) return;
    if (meaning === "leave") return close(values, { refocus: false });
    event.preventDefault();
    event.stopPropagation();
    const last = choices.length - 1;
    if (meaning === "close") close();
    else if (meaning === "choose") choices[active] && choose(choices[active]);
    else if (meaning === "clear") bounds.least === 0 && values.length > 0 && change([], true);
    else if (meaning === "type") type(event.key);
    else if (!open) openList(meaning === "last" ? last : meaning === "first" ? 0 : undefined);
    else
      setActive(
        { next: Math.min(active + 1, last), previous: Math.max(active - 1, 0), first: 0, last }[meaning],
      );
  };

  useCloseOutside(root, open, () => close(values, { refocus: false }));
  return {
    open,
    choices,
    active: Math.min(active, Math.max(choices.length - 1, 0)),
    query: searchable ? query : null,
    all,
    choose,
    onKeyDown,
    hover: setActive,
    clear: () => change([], true),
    toggle: () => (open ? close() : openList()),
    search(text: string) {
      setQuery(text);
      setActive(0);
    },
  };
}

/** Closes the list when the person presses or focuses something else. */
function useCloseOutside(root: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open) return undefined;
    const listen = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) latest.current();
    };
    document.addEventListener("pointerdown", listen, { capture: true });
    document.addEventListener("focusin", listen);
    return () => {
      document.removeEventListener("pointerdown", listen, { capture: true });
      document.removeEventListener("focusin", listen);
    };
  }, [open]);
}
