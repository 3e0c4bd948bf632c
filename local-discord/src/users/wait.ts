import type { Events } from "../state/events.ts";

export interface WaitOptions {
  /** Milliseconds, 10,000 unless told. */
  timeout?: number;
}

export interface Waits {
  /**
   * Resolves with what `check` finds, now or after any later event; what `check` throws rejects. After the time-out, or
   * when all ends, it rejects with what `describe` says was there instead.
   */
  until<T>(check: () => T | undefined, describe: () => string, options?: WaitOptions): Promise<T>;
  /** Throws when all has CLOSED. */
  assertOpen(): void;
  close(): void;
}

const CLOSED = "The local Discord was closed.";

export function createWaits(events: Events): Waits {
  const open = new Set<(reason: string) => void>();
  let closed = false;
  return {
    assertOpen() {
      if (closed) throw new Error(CLOSED);
    },
    until<T>(check: () => T | undefined, describe: () => string, { timeout = 10_000 }: WaitOptions = {}) {
      return new Promise<T>((resolve, reject) => {
        const giveUp = (reason: string) => end(() => reject(new Error(`${reason} ${describe()}`)));
        const timer = setTimeout(() => giveUp(`Nothing fitting within ${timeout} ms.`), timeout);
        // Events come from the midst of a change: look when it is complete.
        const unsubscribe = events.subscribe(() => queueMicrotask(look));
        open.add(giveUp);

        function end(settle: () => void): void {
          clearTimeout(timer);
          unsubscribe();
          open.delete(giveUp);
          settle();
        }
        function look(): void {
          if (!open.has(giveUp)) return;
          try {
            const found = check();
            if (found !== undefined) end(() => resolve(found));
          } catch (error) {
            end(() => reject(error));
          }
        }
        if (closed) giveUp(CLOSED);
        look();
      });
    },
    close() {
      closed = true;
      for (const giveUp of open) giveUp(CLOSED);
    },
  };
}
