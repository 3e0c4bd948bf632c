import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

export interface Queues {
  /** Jobs from the bot to the workers. */
  work: Queue;
  deadLetters: Queue;
  /** Answers to clients without Discord. */
  replies: Queue;
}

/** Default of the queue; workers request the same with every message they receive. */
const VISIBILITY = Duration.seconds(20);
/**
 * Deliveries before SQS itself moves a message to the dead-letter queue. The worker does so after 5 attempts, but deliveries to
 * workers that were killed count too.
 */
const MAX_DELIVERIES = 10;
/** The maximum that SQS allows. */
const MAX_RETENTION = Duration.days(14);

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

export function queues(scope: Construct): Queues {
  const deadLetters = new Queue(scope, "DeadLetters", { ...safe, retentionPeriod: MAX_RETENTION });
  const work = new Queue(scope, "Work", {
    ...safe,
    visibilityTimeout: VISIBILITY,
    // Shorter than that of the dead-letter queue, because a message that SQS moves keeps its original timestamp.
    retentionPeriod: Duration.days(7),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_DELIVERIES },
  });
  // Clients wait for minutes at most, and other replies are useless.
  const replies = new Queue(scope, "Replies", { ...safe, retentionPeriod: Duration.minutes(15) });
  Validations.of(replies).acknowledge({
    id: "AwsSolutions-SQS3",
    reason: "An unread reply is outdated after 15 minutes; a dead letter of it would be useless.",
  });
  return { work, deadLetters, replies };
}
