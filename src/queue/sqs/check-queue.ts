import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { awsFailure, inItsWords } from "../../platform/aws-error.ts";
import { StartError } from "../../platform/start-error.ts";
import type { QueueAddress } from "./sqs-address.ts";
import { parseRedrivePolicy, type RedrivePolicy } from "./redrive-policy.ts";

interface Options {
  /** What it is called; "queue" unless told. */
  what?: string;
  signal?: AbortSignal;
}

/**
 * What the queue is set to do with messages that were delivered often.
 * @param needed the permissions that an access denied is explained with
 * @throws StartError when the queue cannot be used
 */
export async function checkQueue(
  client: SQSClient,
  address: QueueAddress,
  needed: string,
  { what = "queue", signal }: Options = {},
): Promise<RedrivePolicy | undefined> {
  try {
    const { Attributes } = await client.send(
      attributesOf(address),
      signal === undefined ? {} : { abortSignal: signal },
    );
    return parseRedrivePolicy(Attributes?.RedrivePolicy);
  } catch (error) {
    const reason = missing(error)
      ? `it does not exist${inRegion(address)}; create it, or correct its address`
      : (awsFailure(error) ?? refusal(error, needed));
    throw new StartError(`The ${what} ${address.url} cannot be used: ${reason}.`, { cause: error });
  }
}

export async function queueExists(client: SQSClient, address: QueueAddress): Promise<boolean> {
  try {
    await client.send(attributesOf(address));
    return true;
  } catch (error) {
    if (missing(error)) return false;
    throw error;
  }
}

/** Why SQS refused a request that reached it: the end of a sentence without its full stop. */
export function refusal(error: unknown, needed: string): string {
  const denied =
    error instanceof Error && /^(?:AccessDenied|KmsAccessDenied|KMS\.AccessDenied)/.test(error.name);
  return denied ? `access is denied; allow ${needed}` : inItsWords("SQS", error);
}

function attributesOf({ url }: QueueAddress): GetQueueAttributesCommand {
  return new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn", "RedrivePolicy"] });
}

/** By its name in the JSON protocol and in the older one. */
function missing(error: unknown): boolean {
  return error instanceof Error && /^(?:QueueDoesNotExist|AWS\..*NonExistentQueue)$/.test(error.name);
}

function inRegion({ region, url }: QueueAddress): string {
  const account = /\/(\d{12})\/[^/]+$/.exec(url)?.[1];
  return `${region === undefined ? "" : ` in ${region}`}${account === undefined ? "" : ` in account ${account}`}`;
}
