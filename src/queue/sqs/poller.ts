import type { Log } from "../../log.ts";
import { outage } from "./outage.ts";

/** What SQS gives out at a time. */
const BATCH = 10;
/** Requests under way at a time: enough to fill 256 places within two round trips. */
const MOST_POLLS = 16;

interface Options<Message> {
  /** Takes at most `most` messages; with `wait`, waits until there is one. Aborted by the poller's signal. */
  receive: (most: number, wait: boolean, signal: AbortSignal) => Promise<Message[]>;
  /** Resolves when the place that the message takes is free again. */
  take: (message: Message) => Promise<void>;
  /** Messages at a time. */
  places: number;
  random: () => number;
  log: Log;
}

interface Poller {
  /** Ends every poll. Resolves when what they brought has been taken. */
  stop(): Promise<void>;
}

/**
 * Keeps the places filled. One request waits while there is little to do, which costs little; each that comes back full
 * lets twice as many run side by side, and one that comes back empty ends that. During an outage one at a time goes on trying.
 */
export function poller<Message>({ receive, take, places, random, log }: Options<Message>): Poller {
  const stopping = new AbortController();
  const trouble = outage(log, random);
  const polls = new Set<Promise<void>>();
  let free = places;
  let width = 1;
  let rest: NodeJS.Timeout | undefined;

  function fill(): void {
    while (mayPoll()) {
      const poll = run(Math.min(BATCH, free));
      polls.add(poll);
      void poll.then(() => polls.delete(poll)).then(fill);
    }
  }

  /** When places become free one by one, a single request asks for few, and a second one waits until it can ask for many. */
  function mayPoll(): boolean {
    if (stopping.signal.aborted || rest !== undefined || polls.size >= width) return false;
    return polls.size === 0 ? free > 0 : free >= BATCH;
  }

  async function run(most: number): Promise<void> {
    free -= most;
    try {
      const messages = await receive(most, !trouble.lasting(), stopping.signal);
      trouble.succeeded();
      adapt(messages.length, most);
      free += most - messages.length;
      for (const message of messages) void take(message).then(leave);
    } catch (error) {
      free += most;
      if (!stopping.signal.aborted) backOff(error);
    }
  }

  function leave(): void {
    free += 1;
    fill();
  }

  function adapt(received: number, most: number): void {
    if (received === 0) width = 1;
    else if (received >= most) width = Math.min(width * 2, MOST_POLLS);
  }

  function backOff(error: unknown): void {
    width = 1;
    // Others that failed with it say nothing new.
    if (rest !== undefined) return;
    rest = setTimeout(() => {
      rest = undefined;
      fill();
    }, trouble.failed(error));
  }

  // Not at once: the caller gets its consumer before the first job arrives.
  queueMicrotask(fill);
  return {
    async stop() {
      stopping.abort();
      clearTimeout(rest);
      await Promise.all(polls);
    },
  };
}
