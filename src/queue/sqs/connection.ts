import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
  type ReceiveMessageRequest,
} from "@aws-sdk/client-sqs";
import { z } from "zod";
import { describeAwsAccessError, describeServiceError } from "../../platform/aws-error.ts";
import { Sha256 } from "../../platform/aws-sha256.ts";
import { StartError } from "../../platform/start-error.ts";
import type { MessageActions } from "./batched-actions.ts";
import { requireSqsUrl, type SqsAddress } from "./sqs-address.ts";

/** The SDK has no time-out by default. */
const CONNECT_TIMEOUT_MS = 3_000;
/**
 * Longest silence on a socket; longer than any long poll. Setting it also makes Node respect the time for which the server keeps
 * an idle connection.
 */
const SOCKET_TIMEOUT_MS = 30_000;
/** More than the requests ever in progress: one that waits for a socket would fail like one that cannot connect. */
const MAX_SOCKETS = 256;
/** Time for pending actions when a connection is closed. */
const CLOSE_DEADLINE_MS = 2_000;

interface SqsTimeouts {
  /** Until a response begins. A long poll gets its waiting time on top. */
  requestMs: number;
  /** Until a message, a deletion or a change of visibility fails, retries included. */
  entryMs: number;
}

const DEFAULT_TIMEOUTS: SqsTimeouts = { requestMs: 5_000, entryMs: 10_000 };

export interface SqsConnection {
  client: SQSClient;
  timeouts: SqsTimeouts;
  random: () => number;
  /** Aborts the requests in progress. */
  closing: AbortController;
}

export interface SqsConnectionOptions {
  /** Replaces Math.random. */
  random?: () => number;
  /** Overrides of the default time-outs. */
  timeouts?: Partial<SqsTimeouts>;
}

/**
 * Creates a client for a queue's server and uses it to check the queue. Closes the client when the check fails.
 * @throws StartError when the URL is not that of a standard queue; what `check` throws
 */
export async function openConnection<Checked>(
  url: string,
  options: SqsConnectionOptions,
  check: (client: SQSClient, address: SqsAddress) => Promise<Checked>,
): Promise<{ connection: SqsConnection; address: SqsAddress; checked: Checked }> {
  const address = requireSqsUrl(url);
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const client = sqsClient(address, timeouts.requestMs);
  try {
    const checked = await check(client, address);
    const { random = Math.random } = options;
    return { connection: { client, timeouts, random, closing: new AbortController() }, address, checked };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

export async function closeConnection(
  { client, closing }: SqsConnection,
  actions: MessageActions[],
): Promise<void> {
  await Promise.all(actions.map((one) => one.close(CLOSE_DEADLINE_MS)));
  closing.abort();
  client.destroy();
}

function sqsClient({ origin, region }: SqsAddress, requestTimeout: number): SQSClient {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: SOCKET_TIMEOUT_MS };
  const client = new SQSClient({
    endpoint: origin,
    ...(region === undefined ? {} : { region }),
    maxAttempts: 3,
    sha256: Sha256,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: SOCKET_TIMEOUT_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  // It prepares each request and response for a log, even without one.
  client.middlewareStack.remove("loggerMiddleware");
  return client;
}

/** Sends a ReceiveMessage request, with its waiting time on top of the usual time-out. */
export async function receiveMessages(
  { client, timeouts }: SqsConnection,
  request: ReceiveMessageRequest & { WaitTimeSeconds: number },
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const requestTimeout = request.WaitTimeSeconds * 1_000 + timeouts.requestMs;
  const response = await client.send(new ReceiveMessageCommand(request), { abortSignal, requestTimeout });
  return response.Messages ?? [];
}

export interface RedrivePolicy {
  /** Account of the dead-letter queue. */
  account: string;
  /** Name of the dead-letter queue. */
  name: string;
  /** SQS itself moves messages that were delivered more often than this to the dead-letter queue. */
  maxReceiveCount: number;
}

/**
 * Checks that a queue can be used, and returns its redrive policy if it has one.
 * @param permissions those to name when access is denied
 * @param options.what what to call the queue in errors
 * @throws StartError when the queue cannot be used
 */
export async function checkQueue(
  client: SQSClient,
  address: SqsAddress,
  permissions: string,
  { what = "queue", signal }: { what?: string; signal?: AbortSignal } = {},
): Promise<RedrivePolicy | undefined> {
  try {
    const options = signal === undefined ? {} : { abortSignal: signal };
    const { Attributes } = await client.send(attributesOf(address), options);
    return parseRedrivePolicy(Attributes?.RedrivePolicy);
  } catch (error) {
    const reason = isMissingQueue(error)
      ? `it does not exist${whereIs(address)}; create it, or correct its address`
      : describeSqsError(error, permissions);
    throw new StartError(`The ${what} ${address.url} cannot be used: ${reason}.`, { cause: error });
  }
}

export async function queueExists(client: SQSClient, address: SqsAddress): Promise<boolean> {
  return client.send(attributesOf(address)).then(
    () => true,
    (error: unknown) => (isMissingQueue(error) ? false : Promise.reject(error)),
  );
}

/**
 * Describes why a request to SQS failed and what to do: the end of a sentence, without its period.
 * @param permissions those to name when access is denied
 */
export function describeSqsError(error: unknown, permissions: string): string {
  const isDenied = error instanceof Error && /^(?:Kms|KMS\.)?AccessDenied/.test(error.name);
  return (
    describeAwsAccessError(error) ??
    (isDenied ? `access is denied; allow ${permissions}` : describeServiceError("SQS", error))
  );
}

/** The error has a different name in each of the two protocols of SQS. */
function isMissingQueue(error: unknown): boolean {
  return error instanceof Error && /^(?:QueueDoesNotExist|AWS\..*NonExistentQueue)$/.test(error.name);
}

function attributesOf({ url }: SqsAddress): GetQueueAttributesCommand {
  return new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn", "RedrivePolicy"] });
}

function whereIs({ region, url }: SqsAddress): string {
  const account = /\/(\d{12})\/[^/]+$/.exec(url)?.[1];
  return (region ? ` in ${region}` : "") + (account ? ` in account ${account}` : "");
}

const redrivePolicy = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() });

/** @param attribute the queue attribute RedrivePolicy, which a queue may not have */
function parseRedrivePolicy(attribute: string | undefined): RedrivePolicy | undefined {
  if (!attribute) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy.parse(JSON.parse(attribute));
  // arn:aws:sqs:eu-west-1:123456789012:name
  const [, , , , account = "", name = ""] = deadLetterTargetArn.split(":");
  return { account, name, maxReceiveCount };
}
