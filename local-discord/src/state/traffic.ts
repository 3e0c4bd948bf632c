import type { TrafficEntry } from "../client-protocol.ts";

/** Entries that are kept for a page that begins to watch. */
const MAX_ENTRIES = 1_000;
/** Characters of all that is kept: about 64 MB at the most. */
const MAX_TOTAL_CHARACTERS = 32 * 1024 * 1024;
/** Characters of one text; of longer ones only that is kept. */
const MAX_TEXT_CHARACTERS = 256 * 1024;

/** Request and response as JSON text: they are read only when somebody looks, as most are never looked at. */
export interface TrafficRecord extends Omit<TrafficEntry, "id" | "at" | "request" | "response"> {
  request?: string;
  response?: string;
}
type Recorded = TrafficRecord & Pick<TrafficEntry, "id" | "at">;

/** What bot and local Discord said to each other lately. */
export interface Traffic {
  record(said: TrafficRecord): void;
  /** Oldest first. */
  kept: () => TrafficEntry[];
  /** Returns what ends the subscription. */
  subscribe(listener: (entry: TrafficEntry) => void): () => void;
}

export function traffic(now: () => number): Traffic {
  const entries: Recorded[] = [];
  const listeners = new Set<(entry: TrafficEntry) => void>();
  let id = 0;
  let size = 0;
  return {
    record(said) {
      const recorded = { id: ++id, at: now(), ...withinBounds(said) };
      entries.push(recorded);
      size += sizeOf(recorded);
      while (entries.length > MAX_ENTRIES || size > MAX_TOTAL_CHARACTERS) {
        const oldest = entries.shift();
        if (oldest !== undefined) size -= sizeOf(oldest);
      }
      if (listeners.size === 0) return;
      const entry = asEntry(recorded);
      for (const listener of listeners) listener(entry);
    },
    kept: () => entries.map(asEntry),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function withinBounds({ request, response, ...said }: TrafficRecord): TrafficRecord {
  return {
    ...said,
    ...(request === undefined ? {} : { request: shortened(request) }),
    ...(response === undefined ? {} : { response: shortened(response) }),
  };
}

function shortened(json: string): string {
  return json.length > MAX_TEXT_CHARACTERS ? JSON.stringify(`${json.length} characters`) : json;
}

/** In characters. */
function sizeOf({ title, request = "", response = "", files = [] }: TrafficRecord): number {
  const names = files.reduce((sum, { name }) => sum + name.length, 0);
  return title.length + request.length + response.length + names;
}

function asEntry({ request, response, ...entry }: Recorded): TrafficEntry {
  return {
    ...entry,
    ...(request === undefined ? {} : { request: withoutTokens(request) }),
    ...(response === undefined ? {} : { response: withoutTokens(response) }),
  };
}

/** For others to read: the tokens of bots and interactions are left out. */
function withoutTokens(json: string): unknown {
  // To look at every key takes five times as long as to read them.
  if (!json.includes('"token"')) return JSON.parse(json);
  return JSON.parse(json, (key, value: unknown) => (key === "token" ? "[token]" : value));
}
