import type { APIApplicationCommandOptionChoice } from "discord-api-types/v10";
import { useRef, useLayoutEffect, useState } from "preact/hooks";
import type { Attached } from "../files/attached.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import type { RefObject } from "preact";

/** The text and files in a composer that are not sent yet. The composer changes it in place. */
export interface UnsentMessage {
  draft: Draft;
  attached: readonly Attached[];
  /** The choices that the bot has suggested here, by the key of their option. */
  suggested: Map<string, readonly APIApplicationCommandOptionChoice[]>;
}

/** Keeps the unsent message of each person in each channel. */
export function useUnsentMessages(): (userId: string, channelId: string) => UnsentMessage {
  const all = useRef(new Map<string, UnsentMessage>());
  return (userId, channelId) => {
    const key = `${userId}/${channelId}`;
    const unsent = all.current.get(key) ?? { draft: emptyDraft, attached: [], suggested: new Map() };
    all.current.set(key, unsent);
    return unsent;
  };
}

/** Returns the draft of a text area, and sets the caret when the page has changed the text. */
export function useDraft(area: RefObject<HTMLTextAreaElement | null>, unsent: UnsentMessage) {
  const [draft, setDraft] = useState<Draft>({ ...unsent.draft, placed: true });
  unsent.draft = draft;
  useLayoutEffect(() => {
    if (draft.placed) area.current?.setSelectionRange(draft.caret, draft.caret);
  }, [draft]);
  return [draft, setDraft] as const;
}
