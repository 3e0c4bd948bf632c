import type { Log } from "../../platform/log.ts";
import { settled } from "../../platform/settled.ts";
import { outage } from "./outage.ts";

/** What SQS gives out at a time. */
const BATCH = 10;
/** Requests under way at a time: enough to fill 256 places within two round trips. */
const MOST_POLLS = 16;
/** Milliseconds. A request that is older waits for jobs; a younger one may be on its way back with some. */
const ROUND_TRIP = 1_000;

interface Options<Message> {
  /** Takes at most `most` messages; with `wait`, waits until there is one. */
  receive: (most: number, wait: boolean, signal: AbortSignal) => Promise<Message[]>;
  /** Resolves when the place that the message takes is free again. */
  take: (message: Message) => Promise<void>;
  /** Lets others have a message that came too late to be taken. */
  giveBack: (message: Message) => Promise<void>;
  /** Messages at a time. */
  places: number;
  random: () => number;
  /** Milliseconds before the second try in an outage. */
  firstPause?: number | undefined;
  log: Log;
}

interface Poll {
  /** By `performance.now()`. */
  since: number;
  cut: AbortController;
  /** Never rejects. */
  over: Promise<void>;
}

interface Poller {
  /** @throws Error with the reason when nothing is received just now */
  check(): void;
  /**
   * Begins no more polls and resolves when there are none, after a second or `deadline` milliseconds at the most. What SQS has
   * given out on a connection that is cut stays hidden from everybody until its visibility ends, so a poll may come back
   * until it is a second old; what it brings is given back, which SQS counts as a delivery all the same. An older one waits
   * for jobs and is cut: one that SQS gives out at that very moment comes again only when its visibility ends.
   */
  stop(deadline: number): Promise<void>;
}

/**
 * Keeps the places filled. One request waits while there is little to do, which costs little; each that comes back full
 * lets twice as many run side by side, and one that comes back empty ends that. During an outage one at a time goes on trying.
 */
export function poller<Message>(options: Options<Message>): Poller {
  const { receive, take, giveBack, places, random, firstPause, log } = options;
  const trouble = outage(log, random, firstPause);
  const polls = new Set<Poll>();
  let stopping = false;
  let free = places;
  let width = 1;
  let rest: NodeJS.Timeout | undefined;

  function fill(): void {
    while (mayPoll()) {
      const cut = new AbortController();
      const since = performance.now();
      const poll: Poll = { since, cut, over: run(Math.min(BATCH, free), cut.signal) };
      polls.add(poll);
      void poll.over.then(() => polls.delete(poll)).then(fill);
    }
  }

  /** When places become free one by one, a single request asks for few, and a second one waits until it can ask for many. */
  function mayPoll(): boolean {
    if (stopping || rest !== undefined || polls.size >= width) return false;
    return polls.size === 0 ? free > 0 : free >= BATCH;
  }

  async function run(most: number, signal: AbortSignal): Promise<void> {
    free -= most;
    try {
      const messages = await receive(most, !trouble.lasting(), signal);
      trouble.succeeded();
      adapt(messages.length, most);
      free += most - messages.length;
      for (const message of messages) void (stopping ? giveBack : take)(message).then(leave);
    } catch (error) {
      free += most;
      if (!stopping) backOff(error);
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

  async function end({ since, cut, over }: Poll, deadline: number): Promise<void> {
    const left = Math.max(0, since + ROUND_TRIP - performance.now());
    if (!(await settled([over], Math.min(left, deadline)))) cut.abort();
    await over;
  }

  // Not at once: the caller gets its consumer before the first job arrives.
  queueMicrotask(fill);
  return {
    check() {
      if (stopping) throw new Error("it was stopped");
      if (trouble.lasting()) throw new Error("no jobs can be received");
    },
    async stop(deadline) {
      stopping = true;
      clearTimeout(rest);
      await Promise.all([...polls].map((poll) => end(poll, deadline)));
    },
  };
}
