import type { SelectChoice } from "./choices.ts";

type KeyMeaning =
  | "next"
  | "previous"
  | "first"
  | "last"
  | "choose"
  | "close"
  | "clear"
  | "type"
  /** The key moves the focus, which closes the list. */
  | "leave";

interface Key {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

interface Now {
  open: boolean;
  /** Whether there is text in the search field. */
  searching: boolean;
  searchable: boolean;
}

const moves: Record<string, KeyMeaning> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

/** Returns what a key does in a select menu, of which "next", "previous", "first" and "last" also open it; null for the default. */
export function keyMeaning(key: Key, { open, searching, searchable }: Now): KeyMeaning | null {
  // An input method handles all keys while it composes a word.
  if (key.isComposing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (searching && (key.key === "Home" || key.key === "End")) return null;
  const move = moves[key.key];
  if (move !== undefined) return move;
  if (!open && (key.key === "Delete" || key.key === "Backspace")) return "clear";
  const printable = key.key.length === 1 && key.key !== " ";
  if (printable && !searchable) return "type";
  // Enter and Space press the closed field, which opens the list.
  if (!open) return null;
  if (key.key === "Enter" || (key.key === " " && !searchable)) return "choose";
  if (key.key === "Escape") return "close";
  return key.key === "Tab" ? "leave" : null;
}

/**
 * Returns the index of the entry that a key moves to. In a closed list, only Home and End say which one that is.
 * @param move "next", "previous", "first" or "last"
 */
export function movedBy(
  move: "next" | "previous" | "first" | "last",
  { open, active, choices }: { open: boolean; active: number; choices: readonly SelectChoice[] },
): number | undefined {
  const last = Math.max(choices.length - 1, 0);
  if (move === "first") return 0;
  if (move === "last") return last;
  if (!open) return undefined;
  return move === "next" ? Math.min(active + 1, last) : Math.max(active - 1, 0);
}

/**
 * Returns the index of the next entry that starts with the typed text, after the active one and around the end. A letter that is
 * repeated moves on, and a longer text may stay at the active entry.
 */
export function findTyped(
  choices: readonly SelectChoice[],
  text: string,
  active: number,
): number | undefined {
  const first = text.slice(0, 1);
  const repeated = text === first.repeat(text.length);
  const wanted = (repeated ? first : text).toLowerCase();
  const start = repeated ? active + 1 : Math.max(active, 0);
  const order = [...choices.keys()].map((index) => (start + index) % choices.length);
  return order.find((index) => choices[index]?.label.toLowerCase().startsWith(wanted));
}
