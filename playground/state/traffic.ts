import type { TrafficEntry } from "../client-protocol.ts";

/** Entries that are kept for a page that begins to watch. */
const maximumKept = 1_000;

/** What bot and local Discord said to each other lately. */
export interface Traffic {
  record(entry: Omit<TrafficEntry, "id" | "at">): void;
  /** Oldest first. */
  kept: () => readonly TrafficEntry[];
  /** Returns what ends the subscription. */
  subscribe(listener: (entry: TrafficEntry) => void): () => void;
}

export function traffic(now: () => number): Traffic {
  const entries: TrafficEntry[] = [];
  const listeners = new Set<(entry: TrafficEntry) => void>();
  let id = 0;
  return {
    record(what) {
      const entry = { id: ++id, at: now(), ...what };
      entries.push(entry);
      if (entries.length > maximumKept) entries.shift();
      for (const listener of listeners) listener(entry);
    },
    kept: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** JSON for others to read: the tokens of bots and interactions are left out. */
export function withoutTokens(json: string): unknown {
  // To look at every key takes five times as long as to read them.
  if (!json.includes('"token"')) return JSON.parse(json);
  return JSON.parse(json, (key, value: unknown) => (key === "token" ? "[token]" : value));
}
