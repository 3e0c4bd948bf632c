import type { TrafficEntry } from "../client-protocol.ts";

/** Limit of recorded entries. */
const MAX_ENTRIES = 1_000;
/** Limit of the total size of all entries, which is about 64 MB. */
const MAX_TOTAL_CHARACTERS = 32 * 1024 * 1024;
/** Limit of one request or response body. Of a longer one, only its length is recorded. */
const MAX_TEXT_CHARACTERS = 256 * 1024;

/** A traffic entry to record. Its bodies are JSON text, which is parsed only when somebody reads the entry. */
export interface TrafficRecord extends Omit<TrafficEntry, "id" | "at" | "request" | "response"> {
  request?: string;
  response?: string;
}
type Recorded = TrafficRecord & Pick<TrafficEntry, "id" | "at">;

/** The latest gateway payloads and API requests. */
export interface Traffic {
  record(said: TrafficRecord): void;
  /** Returns the recorded entries, oldest first. */
  kept: () => TrafficEntry[];
  /** Returns a function that unsubscribes. */
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

/** Returns the size of an entry in characters. */
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

/** Parses JSON and replaces the tokens of bots and interactions. */
function withoutTokens(json: string): unknown {
  // A reviver makes parsing five times slower.
  if (!json.includes('"token"')) return JSON.parse(json);
  return JSON.parse(json, (key, value: unknown) => (key === "token" ? "[token]" : value));
}
