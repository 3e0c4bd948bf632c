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
  return new Set<string>(kept(dismissedKey));
}

export function keptUnread(userId: string): Unread {
  return new Map<string, number>(kept(unreadKey(userId)));
}

export function useKeep({ dismissed, unread, session, connection }: State): void {
  useEffect(() => keep(dismissedKey, [...dismissed]), [dismissed]);
  useEffect(() => {
    if (session !== null && connection === "open") keep(unreadKey(session.user.id), [...unread]);
  }, [unread, connection]);
}

function kept(key: string) {
  return JSON.parse(sessionStorage.getItem(key) ?? "[]");
}

function keep(key: string, value: unknown): void {
  sessionStorage.setItem(key, JSON.stringify(value));
}
