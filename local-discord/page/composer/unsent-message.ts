import { useRef, useLayoutEffect, useState } from "preact/hooks";
import type { Attached } from "../files/attached.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import type { RefObject } from "preact";

/** What waits in one composer. Whoever shows it changes it. */
export interface UnsentMessage {
  draft: Draft;
  attached: readonly Attached[];
}

/** Each person's in each channel, while one is elsewhere. */
export function useUnsentMessages(): (userId: string, channelId: string) => UnsentMessage {
  const all = useRef(new Map<string, UnsentMessage>());
  return (userId, channelId) => {
    const key = `${userId}/${channelId}`;
    const unsent = all.current.get(key) ?? { draft: emptyDraft, attached: [] };
    all.current.set(key, unsent);
    return unsent;
  };
}

/** The draft of a text area, whose caret follows where the page has changed the text. */
export function useDraft(area: RefObject<HTMLTextAreaElement | null>, unsent: UnsentMessage) {
  const [draft, setDraft] = useState<Draft>({ ...unsent.draft, placed: true });
  unsent.draft = draft;
  useLayoutEffect(() => {
    if (draft.placed) area.current?.setSelectionRange(draft.caret, draft.caret);
  }, [draft]);
  return [draft, setDraft] as const;
}
