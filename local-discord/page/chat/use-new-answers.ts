import type { APIMessage } from "discord-api-types/v10";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { compareIds } from "../state/messages.ts";
import { messageElement } from "./message-element.ts";

interface Reader {
  /** Id of the person. */
  me: string | undefined;
  scroller: RefObject<HTMLElement | null>;
  atBottom: boolean;
}

/** Returns the answers to the person that arrived out of sight and were not scrolled into view yet, oldest first. */
export function useNewAnswers(
  messages: readonly APIMessage[] | undefined,
  { me, scroller, atBottom }: Reader,
): readonly APIMessage[] {
  const newest = useRef<string | null>(null);
  /** Ids of new answers that may be out of sight, and of those that are. */
  const [watched, setWatched] = useState<readonly string[]>([]);
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());

  useLayoutEffect(() => {
    const before = newest.current;
    if (messages !== undefined) newest.current = messages.at(-1)?.id ?? before ?? "0";
    if (before === null || messages === undefined || atBottom) return;
    const answers = messages.filter((message) => compareIds(message.id, before) > 0 && isFor(me, message));
    if (answers.length > 0) setWatched([...watched, ...answers.map(({ id }) => id)]);
  }, [messages]);

  useEffect(() => {
    if (atBottom) setWatched([]);
  }, [atBottom]);

  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = new Set(entries.filter((one) => one.isIntersecting).map(({ target }) => target.id));
        const left = watched.filter((id) => !seen.has(messageElement.idOf(id)));
        setAway(new Set(left));
        if (left.length < watched.length) setWatched(left);
      },
      { root: scroller.current },
    );
    for (const element of watched.map(messageElement.find)) if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [watched]);

  if (atBottom) return [];
  return (messages ?? []).filter(({ id }) => watched.includes(id) && away.has(id));
}

function isFor(me: string | undefined, { interaction_metadata: answered }: APIMessage): boolean {
  return answered !== undefined && answered.user.id === me;
}
