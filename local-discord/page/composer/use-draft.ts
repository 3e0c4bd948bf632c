import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Draft } from "./draft.ts";
import type { Unsent } from "./unsent.ts";

/** The draft of a text area, whose caret follows where the page has changed the text. */
export function useDraft(area: RefObject<HTMLTextAreaElement | null>, unsent: Unsent) {
  const [draft, setDraft] = useState<Draft>({ ...unsent.draft, placed: true });
  unsent.draft = draft;
  useLayoutEffect(() => {
    if (draft.placed) area.current?.setSelectionRange(draft.caret, draft.caret);
  }, [draft]);
  return [draft, setDraft] as const;
}
