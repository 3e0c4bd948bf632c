import { useRef } from "preact/hooks";
import type { Attached } from "../files/attached.ts";
import { emptyDraft, type Draft } from "./draft.ts";

/** What waits in one composer. Whoever shows it changes it. */
export interface Unsent {
  draft: Draft;
  attached: readonly Attached[];
}

/** Each person's in each channel, while one is elsewhere. */
export function useUnsent(): (userId: string, channelId: string) => Unsent {
  const all = useRef(new Map<string, Unsent>());
  return (userId, channelId) => {
    const key = `${userId}/${channelId}`;
    const unsent = all.current.get(key) ?? { draft: emptyDraft, attached: [] };
    all.current.set(key, unsent);
    return unsent;
  };
}
