import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Connection } from "./actions.ts";
import type { Batcher } from "./batcher.ts";
import { sqsClient } from "./client.ts";
import { parseQueueUrl, type QueueAddress } from "./queue-address.ts";

/** Milliseconds for what is pending when a connection is closed. */
const CLOSING = 2_000;

/**
 * Leaves nothing open when what it is to find out fails.
 * @throws StartError when this is not the address of a standard queue
 */
export async function connect<Found>(
  url: string,
  random: () => number,
  findOut: (client: SQSClient, address: QueueAddress) => Promise<Found>,
): Promise<{ connection: Connection; address: QueueAddress; found: Found }> {
  const address = parseQueueUrl(url);
  const client = sqsClient(address);
  try {
    return {
      connection: { client, random, closing: new AbortController() },
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
