import { useEffect } from "preact/hooks";
import type { State } from "../state/state.ts";
import type { Unread } from "../state/unread.ts";

/* The state that a window keeps through a reload: each person's unread channels. */

const unreadKey = (userId: string) => `local-discord.unread.${userId}`;

export function loadUnread(userId: string): Unread {
  const marks: [string, number][] = JSON.parse(load(unreadKey(userId)));
  return new Map(marks);
}

export function useSaveToSessionStorage({ unread, session, connection }: State): void {
  useEffect(() => {
    if (session !== null && connection === "open") save(unreadKey(session.user.id), [...unread]);
  }, [unread, connection]);
}

function load(key: string): string {
  return sessionStorage.getItem(key) ?? "[]";
}

function save(key: string, value: unknown): void {
  sessionStorage.setItem(key, JSON.stringify(value));
}
