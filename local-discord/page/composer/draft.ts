import type { Problem } from "../commands/check-command-line.ts";
import type { Suggestion, Suggestions } from "../commands/suggestions.ts";

/** The text in the composer, and the state of its suggestion list. */
export interface Draft {
  readonly text: string;
  readonly caret: number;
  /** Index of the entry that the arrow keys have moved to; null before that. */
  readonly chosen: number | null;
  /** Whether Escape has closed the list, until something is typed. */
  readonly listClosed: boolean;
  /** The reason why Enter did not send the draft. */
  readonly problem: Problem | null;
  /** Whether the page, not the person, has changed the text, and must set the caret. */
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
  // Avoids two spaces between the inserted text and the rest.
  const joined = insert.endsWith(" ") ? rest.replace(/^ /, "") : rest;
  return placedDraft(draft.text.slice(0, from) + insert + joined, from + insert.length);
}

/** Returns the draft with a problem, and with a space at its end so that the person can go on typing. */
export function refuseDraft(draft: Draft, problem: Problem): Draft {
  const text = /\s$/.test(draft.text) ? draft.text : `${draft.text} `;
  return { ...placedDraft(text), listClosed: true, problem };
}

/** Returns the index of the highlighted entry of the list, which Tab accepts; null for none. */
export function activeEntry({ chosen }: Draft, list: Suggestions | null): number | null {
  if (list === null || list.items.length === 0) return null;
  // Choices of a bot may have been replaced by fewer ones.
  if (chosen !== null) return Math.min(chosen, list.items.length - 1);
  return list.enterAccepts || list.kind === "commands" || list.kind === "mentions" ? 0 : null;
}
