import { useEffect, useRef, useState } from "preact/hooks";
import type { Typing } from "../state/typing.ts";
import type { Actions } from "../view/actions.ts";
import { nameIn } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";

/** Time between two requests that say that the person is typing. Others see each for 10 s. */
const REPEAT_MS = 8_000;

/** Returns a sentence about who is typing in a channel; an empty text if nobody is. */
export function useTypingText(typing: Typing, channelId: string): string {
  const { texts, users, guild } = useViewContext();
  const here = Object.entries(typing[channelId] ?? {}).filter(([, end]) => end > Date.now());
  const next = Math.min(...here.map(([, end]) => end));
  const [, setEnded] = useState(0);
  useEffect(() => {
    if (next === Infinity) return undefined;
    const timer = setTimeout(() => setEnded(next), next - Date.now());
    return () => clearTimeout(timer);
  }, [next]);
  const names = here.flatMap(([id]) => {
    const user = users.get(id);
    return user ? [nameIn(guild, user)] : [];
  });
  return names.length === 0 ? "" : texts.typing(names);
}

/** Returns a function that takes each new text of a draft, and says now and then that the person is typing a message. */
export function useSayTyping(actions: Actions | null): (text: string) => void {
  const last = useRef(0);
  return (text) => {
    if (text.trim() === "") last.current = 0;
    else if (!text.startsWith("/") && Date.now() - last.current > REPEAT_MS) {
      last.current = Date.now();
      actions?.sayTyping();
    }
  };
}
