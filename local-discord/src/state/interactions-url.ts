import type { Journal } from "./journal.ts";

const KEY = "interactions-url";

/** The URL to which interactions are sent instead of the gateway; null without one. */
export interface InteractionsUrl {
  current(): string | null;
  /** Sets the URL for this run. */
  use(url: string | null): void;
  /** Sets the URL, and stores it for later runs. */
  store(url: string | null): void;
}

export function interactionsUrl(journal: Journal): InteractionsUrl {
  const stored = journal.restored.get(KEY);
  let current = typeof stored === "string" ? stored : null;
  return {
    current: () => current,
    use: (url) => void (current = url),
    store(url) {
      current = url;
      journal.put(KEY, url);
    },
  };
}
