import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { emptyDraft, type Draft } from "./draft.ts";

/** The draft of a text area, whose caret follows where the page has changed the text. */
export function useDraft(area: RefObject<HTMLTextAreaElement | null>) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  useLayoutEffect(() => {
    if (draft.placed) area.current?.setSelectionRange(draft.caret, draft.caret);
  }, [draft]);
  return [draft, setDraft] as const;
}
