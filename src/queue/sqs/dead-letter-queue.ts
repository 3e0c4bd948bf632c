import { CreateQueueCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { awsFailure } from "../../platform/aws-error.ts";
import type { Log } from "../../platform/log.ts";
import { StartError } from "../../platform/start-error.ts";
import { MAX_ATTEMPTS } from "../queue.ts";
import { queueExists, refusal } from "./check-queue.ts";
import { neighbour, type QueueAddress } from "./sqs-address.ts";
import type { RedrivePolicy } from "./redrive-policy.ts";

/** Seconds: 14 days, the longest that SQS keeps a message. */
const RETENTION = 1_209_600;

const NEEDED = "sqs:SendMessage and sqs:GetQueueAttributes on it";

/**
 * Where the dead letters of a queue go: to the target of its redrive policy, else to the queue `<name>-dead-letters` beside
 * it, which is made if need be.
 * @throws StartError when there is none and none can be made
 */
export async function findDeadLetterQueue(
  client: SQSClient,
  queue: QueueAddress,
  policy: RedrivePolicy | undefined,
  log: Log,
): Promise<string> {
  const found = policy
    ? neighbour(queue, policy.name, policy.account)
    : neighbour(queue, `${queue.name}-dead-letters`);
  warnOfFewDeliveries(policy, log);
  const exists = await queueExists(client, found).catch((error: unknown) => {
    throw unusable(found, awsFailure(error) ?? refusal(error, NEEDED), error);
  });
  if (exists) return found.url;
  if (policy)
    throw unusable(found, `the redrive policy of ${queue.url} names it, but it does not exist; create it`);
  await create(client, found);
  log.info({ queue: found.url }, "made a queue for the dead letters");
  return found.url;
}

function warnOfFewDeliveries(policy: RedrivePolicy | undefined, log: Log): void {
  if (policy === undefined || policy.deliveries > MAX_ATTEMPTS) return;
  log.warn(
    { maxReceiveCount: policy.deliveries },
    `the redrive policy of the queue takes jobs away before their last attempt, and nobody is told; set its maxReceiveCount to ${MAX_ATTEMPTS + 1} or more`,
  );
}

async function create(client: SQSClient, { url, name }: QueueAddress): Promise<void> {
  const Attributes = { MessageRetentionPeriod: String(RETENTION) };
  try {
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  } catch (error) {
    throw new StartError(
      `There is no dead-letter queue ${url} and it cannot be made: ${awsFailure(error) ?? refusal(error, "sqs:CreateQueue")}; or create it yourself, or give the queue a redrive policy.`,
      { cause: error },
    );
  }
}

function unusable({ url }: QueueAddress, reason: string, cause?: unknown): StartError {
  return new StartError(`The dead-letter queue ${url} cannot be used: ${reason}.`, { cause });
}
