import { S3Client } from "@aws-sdk/client-s3";
import { withReason } from "./s3-error.ts";

/** All in milliseconds. */
export interface S3Timeouts {
  /** To connect. */
  connect: number;
  /** With nothing sent or received; then the attempt is given up, and a connection that waits for another call is closed. */
  idle: number;
  /** For a whole call, with all its attempts. */
  call: number;
}

export interface S3ClientOptions {
  /** The bucket in the path of the address and not in its host name, as most servers other than AWS want it. */
  forcePathStyle: boolean;
  timeouts?: S3Timeouts;
}

/** Three attempts with nothing sent or received end within the whole. */
export const S3_TIMEOUTS: S3Timeouts = { connect: 3_000, idle: 5_000, call: 25_000 };

const MAX_ATTEMPTS = 3;

/** A worker takes 256 jobs at a time, and a round reads 4 images at once. */
const MAX_SOCKETS = 1_024;

/**
 * Credentials, endpoint and, unless told, the region are what the SDK finds by itself: environment, profile, instance
 * role.
 */
export function s3Client(
  { forcePathStyle, timeouts = S3_TIMEOUTS }: S3ClientOptions,
  region?: string,
): S3Client {
  // With a time-out, for Node heeds how long the server keeps a connection only then; a burst on connections that it is just
  // closing fails for more calls than the SDK is willing to send again.
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: timeouts.idle };
  const client = new S3Client({
    forcePathStyle,
    ...(region === undefined ? {} : { region }),
    maxAttempts: MAX_ATTEMPTS,
    // Servers that do not know of "100 Continue" would cost a pause of 6 s, and it opens a connection for each object.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: timeouts.connect,
      // Not `requestTimeout`: a large image on a slow line takes long without anything being wrong.
      socketTimeout: timeouts.idle,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        throw withReason(error);
      }
    },
    { step: "initialize", name: "withReason" },
  );
  return client;
}
