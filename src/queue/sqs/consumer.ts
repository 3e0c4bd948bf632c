import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Log } from "../../platform/log.ts";
import { settled } from "../../platform/settled.ts";
import { parseJob, type Job } from "../../jobs/job.ts";
import type { Consumer, DeadLetterObserver, JobHandler } from "../queue.ts";
import type { Connection } from "./actions.ts";
import { heartbeat } from "./heartbeat.ts";
import { JOB_ATTRIBUTES, nameOf, readMessage, type ReceivedMessage } from "./message.ts";
import { isDeadly, isLast, outcomes, type Channels } from "./outcomes.ts";
import { poller } from "./poller.ts";

/** Milliseconds for giving back what is not done when the consumer is stopped. */
const GIVING_BACK = 1_000;

export interface ConsumerOptions {
  log: Log;
  observe?: DeadLetterObserver | undefined;
  /** Milliseconds before the second attempt. */
  firstDelay: number;
  /** Seconds until the jobs of a consumer that died come again. */
  visibility: number;
  /** Seconds that a request waits for jobs. */
  waitTime: number;
  /** Milliseconds before the second try to receive in an outage; each further pause is twice as long. */
  firstPause?: number | undefined;
}

interface Parts {
  url: string;
  connection: Connection;
  channels: Channels;
  handler: JobHandler;
  concurrency: number;
}

/** Takes jobs from one queue and tells it what became of them. */
export function sqsConsumer(
  { url, connection, channels, handler, concurrency }: Parts,
  { log, observe, firstDelay, visibility, waitTime, firstPause }: ConsumerOptions,
): Consumer {
  const { random } = connection;
  const tell = outcomes({ ...channels, log, observe, random, firstDelay });
  const heart = heartbeat({ hidden: channels.hidden, visibility, log });
  const held = new Set<ReceivedMessage>();
  const work = new Set<Promise<void>>();

  function track(promise: Promise<void>): Promise<void> {
    work.add(promise);
    void promise.then(() => work.delete(promise));
    return promise;
  }

  /** Resolves when the place is free; the queue is told after that. */
  async function take(message: ReceivedMessage): Promise<void> {
    const outcome = await outcomeOf(message);
    void track(outcome());
  }

  async function outcomeOf(message: ReceivedMessage): Promise<() => Promise<void>> {
    let job: Job;
    try {
      job = parseJob(message.body);
    } catch (error) {
      return () => tell.unreadable(message, error);
    }
    if (isDeadly(message)) return () => tell.deadly(message);
    held.add(message);
    heart.hold(message);
    const outcome = await attempt(message, job);
    if (!held.delete(message)) return async () => {};
    await heart.drop(message);
    return outcome;
  }

  async function attempt(message: ReceivedMessage, job: Job): Promise<() => Promise<void>> {
    try {
      await handler(job, { attempt: message.attempt, last: isLast(message) });
      return () => tell.done(message);
    } catch (error) {
      return () => tell.failed(message, job, error);
    }
  }

  const polls = poller({
    receive: receiver(connection, url, { visibility, waitTime }),
    take: (message) => track(take(message)),
    giveBack: (message) => track(tell.giveBack(message)),
    places: concurrency,
    random,
    firstPause,
    log,
  });

  async function finish(deadline: number): Promise<void> {
    await polls.stop(deadline);
    while (work.size > 0) await Promise.all(work);
  }

  async function abandonAll(): Promise<void> {
    await settled([...held].map(abandon), GIVING_BACK);
  }

  async function abandon(message: ReceivedMessage): Promise<void> {
    log.warn(nameOf(message), "a job was not done and goes back to the queue");
    // From now on what becomes of it no longer counts.
    held.delete(message);
    await heart.drop(message);
    await tell.giveBack(message);
  }

  return {
    check: async () => polls.check(),
    async stop(deadline) {
      const finished = await settled([finish(deadline)], deadline);
      heart.stop();
      if (!finished) await abandonAll();
    },
  };
}

function receiver(
  { client, timeouts }: Connection,
  url: string,
  { visibility, waitTime }: Pick<ConsumerOptions, "visibility" | "waitTime">,
): (most: number, wait: boolean, abortSignal: AbortSignal) => Promise<ReceivedMessage[]> {
  return async (most, wait, abortSignal) => {
    const seconds = wait ? waitTime : 0;
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: most,
        WaitTimeSeconds: seconds,
        VisibilityTimeout: visibility,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
        MessageAttributeNames: JOB_ATTRIBUTES,
      }),
      { abortSignal, requestTimeout: seconds * 1_000 + timeouts.request },
    );
    return Messages.map(readMessage);
  };
}
