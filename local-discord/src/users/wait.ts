import { clearRealTimeout, setRealTimeout } from "../real-time.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";

export interface WaitOptions {
  /** Milliseconds; default: `waitTimeout` of the local Discord. */
  timeout?: number;
}

/** The pending waits of a local Discord. */
export interface Waits {
  /**
   * Resolves with the value that `check` returns, now or after a later event. Rejects if `check` throws; after the timeout or
   * close(), rejects with an error that includes the text of `describe`.
   */
  until<T>(check: () => T | undefined, describe: () => string, options?: WaitOptions): Promise<T>;
  /** @throws Error after close() */
  assertOpen(): void;
  close(): void;
}

/** @throws Error if the bot has not acknowledged the interaction in time */
export function assertNotFailed({ state, problem }: Pick<Interaction, "state" | "problem">): void {
  if (state !== "failed") return;
  throw new Error(`The application did not respond${problem === null ? " within 3 s." : `. ${problem}`}`);
}

const DEFAULT_TIMEOUT_MS = 10_000;
const CLOSED = "The local Discord was closed.";

/** @param defaultTimeout milliseconds of a wait without a timeout */
export function createWaits(
  { events, responses }: Pick<Discord, "events" | "responses">,
  defaultTimeout = DEFAULT_TIMEOUT_MS,
): Waits {
  const open = new Set<(reason: string) => void>();
  let closed = false;
  return {
    assertOpen() {
      if (closed) throw new Error(CLOSED);
    },
    until<T>(
      check: () => T | undefined,
      describe: () => string,
      { timeout = defaultTimeout }: WaitOptions = {},
    ) {
      return new Promise<T>((resolve, reject) => {
        const giveUp = (reason: string) => end(() => reject(new Error(`${reason} ${describe()}`)));
        const timer = setRealTimeout(() => giveUp(`Nothing matched within ${timeout} ms.`), timeout);
        // Events are emitted in the middle of a change; look when it is complete, and the bot has its response.
        const unsubscribe = events.subscribe(() => responses.whenWritten(() => queueMicrotask(look)));
        open.add(giveUp);

        function end(settle: () => void): void {
          clearRealTimeout(timer);
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
        responses.whenWritten(look);
      });
    },
    close() {
      closed = true;
      for (const giveUp of open) giveUp(CLOSED);
    },
  };
}
