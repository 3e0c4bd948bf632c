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

/** What a worker asks for with every message that it receives. */
const VISIBILITY = Duration.seconds(20);
/**
 * Deliveries before SQS itself takes a message away. The worker puts jobs aside after 5 attempts; deliveries to workers
 * that were killed count, too.
 */
const MAX_DELIVERIES = 10;
/** The longest that SQS keeps a message. */
const LONGEST = Duration.days(14);

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

export function queues(scope: Construct): Queues {
  const deadLetters = new Queue(scope, "DeadLetters", { ...safe, retentionPeriod: LONGEST });
  const work = new Queue(scope, "Work", {
    ...safe,
    visibilityTimeout: VISIBILITY,
    // Less than dead letters are kept: a message that SQS moves keeps the time at which it was sent.
    retentionPeriod: Duration.days(7),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_DELIVERIES },
  });
  // A client waits for minutes at the most, and what nobody waits for is of no use.
  const replies = new Queue(scope, "Replies", { ...safe, retentionPeriod: Duration.minutes(15) });
  Validations.of(replies).acknowledge({
    id: "AwsSolutions-SQS3",
    reason:
      "A reply that nobody takes is out of date after a quarter of an hour; dead letters of it would tell nothing.",
  });
  return { work, deadLetters, replies };
}
