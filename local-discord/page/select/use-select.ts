import type { APISelectMenuComponent } from "discord-api-types/v10";
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useViewContext } from "../view/view-context.ts";
import { choicesOf, isSearchable, search, type SelectChoice } from "./choices.ts";
import { toggled, type Bounds } from "./toggle.ts";
import { useCloseOutside } from "./use-close-outside.ts";
import { useSelectKeys } from "./use-select-keys.ts";

interface Options {
  component: APISelectMenuComponent;
  values: readonly string[];
  bounds: Bounds;
  /** Whether the person cannot change the selection now. */
  locked: boolean;
  onChange: (values: readonly string[]) => void;
  onClose: ((values: readonly string[]) => void) | undefined;
}

/** The logic of a select menu: whether its list is open, the active entry, the search, and the keys. */
export function useSelect(root: RefObject<HTMLElement | null>, { component, locked, ...options }: Options) {
  const { values, bounds, onChange, onClose } = options;
  const [opened, setOpened] = useState(false);
  const [active, setActive] = useState(0);
  const [query, setQuery] = useState("");
  const all = choicesOf(component, useViewContext());
  const searchable = isSearchable(component);
  const choices = searchable ? search(all, query) : all;
  const open = opened && !locked;

  const openList = (at = all.findIndex(({ value }) => values.includes(value))) => {
    if (locked) return;
    setQuery("");
    setActive(Math.max(0, at));
    setOpened(true);
  };
  const close = (chosen = values, { refocus = true } = {}) => {
    setOpened(false);
    onClose?.(chosen);
    if (refocus) root.current?.querySelector<HTMLElement>(".select-field")?.focus();
  };
  const leave = () => close(values, { refocus: false });
  const choose = ({ value }: SelectChoice) => {
    const chosen = toggled(values, value, bounds);
    if (chosen) onChange(chosen);
    if (bounds.most === 1) close(chosen ?? values);
  };
  const clear = () => {
    onChange([]);
    close([]);
  };
  const clearable = !locked && bounds.least === 0 && values.length > 0;
  const list = { open, choices, active, searchable, searching: open && query !== "" };
  const onKeyDown = useSelectKeys(list, { openList, close, leave, choose, clear, clearable, setActive });

  useEffect(() => {
    if (opened && locked) leave();
  }, [locked]);
  useCloseOutside(root, open, leave);
  return {
    all,
    choices,
    open,
    active: Math.min(active, Math.max(choices.length - 1, 0)),
    query: searchable ? query : null,
    clearable,
    choose,
    clear,
    onKeyDown,
    hover: setActive,
    toggle: () => (open ? close() : openList()),
    find: (text: string) => {
      setQuery(text);
      setActive(0);
    },
  };
}
