import { useEffect } from "preact/hooks";
import type { State } from "../state/state.ts";
import type { Unread } from "../state/unread.ts";

/*
 * What a window still knows after a reload: which private messages are dismissed, and where each person has something
 * unread.
 */

const dismissedKey = "local-discord.dismissed";
const unreadKey = (userId: string) => `local-discord.unread.${userId}`;

export function keptDismissed(): ReadonlySet<string> {
  const ids: string[] = JSON.parse(kept(dismissedKey));
  return new Set(ids);
}

export function keptUnread(userId: string): Unread {
  const marks: [string, number][] = JSON.parse(kept(unreadKey(userId)));
  return new Map(marks);
}

export function useKeep({ dismissed, unread, session, connection }: State): void {
  useEffect(() => keep(dismissedKey, [...dismissed]), [dismissed]);
  useEffect(() => {
    if (session !== null && connection === "open") keep(unreadKey(session.user.id), [...unread]);
  }, [unread, connection]);
}

function kept(key: string): string {
  return sessionStorage.getItem(key) ?? "[]";
}

function keep(key: string, value: unknown): void {
  sessionStorage.setItem(key, JSON.stringify(value));
}
