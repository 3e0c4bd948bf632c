/** How long a list is used, in milliseconds: what other processes have changed meanwhile goes unnoticed. */
const LIFETIME_MS = 1_000;

/** The names of a small set, as they were listed at most a second ago, with what this process has changed since. */
export interface RecentNames {
  /** Undefined if there is no such list. */
  all(): ReadonlySet<string> | undefined;
  /** Lists the names. Keeps them if they are few enough, and if this process has changed nothing meanwhile. */
  list(work: () => Promise<string[]>): Promise<string[]>;
  add(name: string): void;
  delete(name: string): void;
}

/**
 * @param options.max the number of names from which on a list is not kept
 * @param options.now milliseconds, from any origin
 */
export function recentNames({
  max,
  now = () => performance.now(),
}: {
  max: number;
  now?: (() => number) | undefined;
}): RecentNames {
  let kept: { names: Set<string>; expiresAt: number } | undefined;
  let changes = 0;

  function keep(names: readonly string[], listedAt: number): void {
    const list = { names: new Set(names), expiresAt: listedAt + LIFETIME_MS };
    kept = list;
    // Frees the memory even if nobody asks again.
    setTimeout(() => {
      if (kept === list) kept = undefined;
    }, LIFETIME_MS).unref();
  }

  return {
    all: () => (kept !== undefined && now() < kept.expiresAt ? kept.names : undefined),

    async list(work) {
      const [before, started] = [changes, now()];
      const names = await work();
      if (changes === before && names.length < max) keep(names, started);
      return names;
    },

    add(name) {
      changes += 1;
      kept?.names.add(name);
    },

    delete(name) {
      changes += 1;
      kept?.names.delete(name);
    },
  };
}
