import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { Sha256 } from "../../platform/aws-sha256.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { bucketRegion, startError, withReason } from "./s3-error.ts";

/** All in milliseconds. */
export interface S3Timeouts {
  connect: number;
  /** Without any bytes sent or received. Ends an attempt, and closes an unused connection. */
  idle: number;
  /** For a whole call with all its attempts. */
  call: number;
}

export interface S3ClientOptions {
  /** Puts the bucket into the URL's path instead of the host name, as most servers other than AWS require. */
  forcePathStyle: boolean;
  timeouts?: S3Timeouts;
}

export interface S3Address {
  bucket: string;
  /** All keys are below this prefix. Has no slash at either end, and may be empty. */
  prefix: string;
}

/** Leaves room for three attempts that get no bytes. */
export const S3_TIMEOUTS: S3Timeouts = { connect: 3_000, idle: 5_000, call: 25_000 };

const MAX_ATTEMPTS = 3;

/** Enough for a worker that runs 256 jobs at a time, each a round that reads 4 images at once. */
const MAX_SOCKETS = 1_024;

/** The part of an object's name before the key. */
export function rootOf({ prefix }: S3Address): string {
  return prefix === "" ? "" : `${prefix}/`;
}

/**
 * Opens a client in the bucket's region and checks that the bucket can be listed. Does not use the SDK's
 * `followRegionRedirects`, which is redirected at every request and mixes up concurrent ones.
 * @param options.namedBy where to correct the bucket's name. Default: STORE_URL
 * @param region default: the region that the SDK finds
 * @throws StartError
 */
export async function openBucket(
  address: S3Address,
  options: S3ClientOptions & { namedBy?: string },
  region?: string,
): Promise<S3Client> {
  const { timeouts = S3_TIMEOUTS } = options;
  const client = s3Client(options, region);
  const list = new ListObjectsV2Command({ Bucket: address.bucket, Prefix: rootOf(address), MaxKeys: 1 });
  try {
    await withDeadline(timeouts.call, (abortSignal) => client.send(list, { abortSignal }));
    return client;
  } catch (error) {
    client.destroy();
    const another = bucketRegion(error);
    if (another !== undefined && region === undefined) return openBucket(address, options, another);
    throw await startError(error, client, address, { ...options, access: "read" });
  }
}

/** Takes credentials, endpoint and, by default, the region from where the SDK finds them: environment, profile, role. */
function s3Client({ forcePathStyle, timeouts = S3_TIMEOUTS }: S3ClientOptions, region?: string): S3Client {
  // Node respects the server's keep-alive time only if a time-out is set. Without, a burst on connections that the server is
  // closing fails more often than the SDK retries.
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: timeouts.idle };
  const client = new S3Client({
    forcePathStyle,
    ...(region === undefined ? {} : { region }),
    maxAttempts: MAX_ATTEMPTS,
    sha256: Sha256,
    // Costs 6 s with servers that do not know "100 Continue", and opens one connection per object.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: timeouts.connect,
      // Not `requestTimeout`: a large image on a slow line takes long without any fault.
      socketTimeout: timeouts.idle,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  // It prepares each request and response for a log, even without one.
  client.middlewareStack.remove("loggerMiddleware");
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
