import type { Problem } from "../commands/check-command-line.ts";
import type { Suggestion, Suggestions } from "../commands/suggestions.ts";

/** What stands in the composer, and what the person has done with its list. */
export interface Draft {
  readonly text: string;
  readonly caret: number;
  /** The entry moved to with the arrow keys; null while nobody has. */
  readonly chosen: number | null;
  /** Escape closes the list until something is typed. */
  readonly listClosed: boolean;
  /** Why Enter did not send. */
  readonly problem: Problem | null;
  /** Set when the page, not the person, has changed the text: then it has to place the caret too. */
  readonly placed: boolean;
}

export const emptyDraft: Draft = {
  text: "",
  caret: 0,
  chosen: null,
  listClosed: false,
  problem: null,
  placed: true,
};

export function typedDraft(text: string, caret: number): Draft {
  return { ...emptyDraft, text, caret, placed: false };
}

export function placedDraft(text: string, caret = text.length): Draft {
  return { ...emptyDraft, text, caret };
}

export function moveChoice(draft: Draft, step: 1 | -1, count: number): Draft {
  const from = draft.chosen ?? 0;
  return { ...draft, chosen: (from + step + count) % count };
}

export function acceptSuggestion(draft: Draft, { from, to }: Suggestions, { insert }: Suggestion): Draft {
  const rest = draft.text.slice(to);
  // One blank between what is inserted and what follows is enough.
  const joined = insert.endsWith(" ") ? rest.replace(/^ /, "") : rest;
  return placedDraft(draft.text.slice(0, from) + insert + joined, from + insert.length);
}

/** What was typed stays, with a blank after it so that what is missing can be typed at once. */
export function refuseDraft(draft: Draft, problem: Problem): Draft {
  const text = /\s$/.test(draft.text) ? draft.text : `${draft.text} `;
  return { ...placedDraft(text), listClosed: true, problem };
}

/** The entry that Tab would take, where the list points at one. */
export function activeEntry({ chosen }: Draft, list: Suggestions | null): number | null {
  if (list === null) return null;
  return chosen ?? (list.enterAccepts || list.kind === "commands" || list.kind === "mentions" ? 0 : null);
}
