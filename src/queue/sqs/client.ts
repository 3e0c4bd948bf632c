import { SQSClient } from "@aws-sdk/client-sqs";
import type { QueueAddress } from "./sqs-address.ts";

/** Milliseconds. The SDK by itself waits for ever. */
const CONNECTION_TIMEOUT = 3_000;
/** Of silence on the wire, longer than any long poll; with it, Node heeds how long the server keeps a connection, too. */
const SOCKET_TIMEOUT = 30_000;
/** More than there are ever requests under way: one that waits for a socket would count as one that cannot connect. */
const MAX_SOCKETS = 256;

/** Milliseconds. */
export interface Timeouts {
  /** Until an answer begins; a request that waits for messages is given that much more. */
  request: number;
  /** Until a message, a deletion or a change of visibility is given up, further tries included. */
  entry: number;
}

export const TIMEOUTS: Timeouts = { request: 5_000, entry: 10_000 };

/** Talks to the server of this queue, with the credentials that the SDK finds; tries what failed twice more. */
export function sqsClient({ origin, region }: QueueAddress, requestTimeout: number): SQSClient {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: SOCKET_TIMEOUT };
  return new SQSClient({
    endpoint: origin,
    ...(region === undefined ? {} : { region }),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: SOCKET_TIMEOUT,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
