import type { Log } from "../../platform/log.ts";
import type { hiding } from "./actions.ts";
import { EntryFailedError } from "./batcher.ts";
import { nameOf, type ReceivedMessage } from "./message.ts";

/** In one time-out of visibility, so that an extension comes when half of it or more is left, and a second try fits in. */
const BEATS = 4;

interface Beat {
  since: number;
  /** Under way. */
  extension?: Promise<void> | undefined;
  lost: boolean;
}

interface Heartbeat {
  hold(message: ReceivedMessage): void;
  /** Resolves when no extension of this message is under way any more. */
  drop(message: ReceivedMessage): Promise<void>;
  stop(): void;
}

interface Options {
  hidden: ReturnType<typeof hiding>;
  /** Seconds. */
  visibility: number;
  log: Log;
}

/** Keeps messages from others for as long as they are held. */
export function heartbeat({ hidden, visibility, log }: Options): Heartbeat {
  const held = new Map<ReceivedMessage, Beat>();
  const interval = (visibility * 1_000) / BEATS;

  async function extend(message: ReceivedMessage, beat: Beat): Promise<void> {
    try {
      await hidden.add({ ReceiptHandle: message.receipt, VisibilityTimeout: visibility });
    } catch (error) {
      // Held for 12 hours, say, or this process was asleep: there is nothing left to extend.
      beat.lost = error instanceof EntryFailedError && error.senderFault;
      const named = { err: error, ...nameOf(message) };
      if (beat.lost) log.warn(named, "a job was held too long; others may be given it");
      else log.debug(named, "a job could not be held on to; trying again");
    }
    beat.extension = undefined;
  }

  function isDue({ since, extension, lost }: Beat): boolean {
    return !lost && extension === undefined && performance.now() - since >= interval;
  }

  const timer = setInterval(() => {
    for (const [message, beat] of held) if (isDue(beat)) beat.extension = extend(message, beat);
  }, interval);

  return {
    hold: (message) => void held.set(message, { since: performance.now(), lost: false }),
    async drop(message) {
      const beat = held.get(message);
      held.delete(message);
      await beat?.extension;
    },
    stop: () => clearInterval(timer),
  };
}
