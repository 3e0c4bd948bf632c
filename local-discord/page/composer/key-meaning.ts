import type { Suggestions } from "../commands/suggestions.ts";
import type { Draft } from "./draft.ts";

export type KeyMeaning = "submit" | "accept" | "next" | "previous" | "close" | "leave";

interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

/** Returns what a key does in the composer; null for the browser's default. */
export function keyMeaning(key: Key, draft: Draft, list: Suggestions | null): KeyMeaning | null {
  // An input method handles all keys while it composes a word.
  if (key.isComposing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.key === "Escape") return list === null ? "leave" : "close";
  if (key.shiftKey) return null;
  if (key.key === "Enter") {
    return list !== null && list.items.length > 0 && (draft.chosen !== null || list.enterAccepts)
      ? "accept"
      : "submit";
  }
  if (list === null || list.items.length === 0) return null;
  if (key.key === "Tab") return "accept";
  if (key.key === "ArrowDown") return "next";
  return key.key === "ArrowUp" ? "previous" : null;
}
