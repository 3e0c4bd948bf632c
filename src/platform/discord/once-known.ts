import { setTimeout as waitForMilliseconds } from "node:timers/promises";

/** Discord's code for "Unknown Message". */
const UNKNOWN_MESSAGE = 10008;
/** Milliseconds before each further try. */
const PAUSES_MS = [250, 500, 1_000, 2_000];

/**
 * Sends a request that is about a message of our own. Shortly after Discord has made one, it can say that it knows no such
 * message, so that is believed only when it says so again and again.
 */
export async function onceKnown<T>(
  request: () => Promise<T>,
  wait: (milliseconds: number) => Promise<unknown> = waitForMilliseconds,
): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await request();
    } catch (error) {
      if (!isUnknownMessage(error)) throw error;
    }
    await wait(pause);
  }
  return request();
}

function isUnknownMessage(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNKNOWN_MESSAGE;
}
