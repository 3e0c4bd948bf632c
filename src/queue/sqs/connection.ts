import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Connection } from "./actions.ts";
import type { Batcher } from "./batcher.ts";
import { sqsClient, TIMEOUTS, type Timeouts } from "./client.ts";
import { parseQueueUrl, type QueueAddress } from "./sqs-address.ts";

/** Milliseconds for what is pending when a connection is closed. */
const CLOSING = 2_000;

export interface ConnectionOptions {
  /** From 0 up to, not including, 1. */
  random?: () => number;
  /** Overrides of the default time-outs. */
  timeouts?: Partial<Timeouts>;
}

/**
 * Leaves nothing open when what it is to find out fails.
 * @throws StartError when this is not the address of a standard queue
 */
export async function connect<Found>(
  url: string,
  options: ConnectionOptions,
  findOut: (client: SQSClient, address: QueueAddress) => Promise<Found>,
): Promise<{ connection: Connection; address: QueueAddress; found: Found }> {
  const address = parseQueueUrl(url);
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const client = sqsClient(address, timeouts.request);
  try {
    return {
      connection: { client, timeouts, random: options.random ?? Math.random, closing: new AbortController() },
      address,
      found: await findOut(client, address),
    };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

export async function disconnect({ client, closing }: Connection, batchers: Batcher<never>[]): Promise<void> {
  await Promise.all(batchers.map((batcher) => batcher.close(CLOSING)));
  closing.abort();
  client.destroy();
}
