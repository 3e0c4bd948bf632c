import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { StartError } from "../../platform/start-error.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { s3Client, S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { regionIn } from "./s3-error.ts";
import { reasonOf } from "./s3-reason.ts";

export interface S3Address {
  bucket: string;
  /** What all keys lie below; no slash at either end, and may be empty. */
  prefix: string;
}

interface AccessOptions extends S3ClientOptions {
  /** Where the bucket's name is to be corrected; STORE_URL unless told. */
  namedBy?: string;
}

/** What precedes a key in an object's name. */
export function rootOf({ prefix }: S3Address): string {
  return prefix === "" ? "" : `${prefix}/`;
}

/**
 * A client for a bucket that is there and may be listed, in the bucket's region: the SDK's own `followRegionRedirects`
 * is redirected with each request anew, and mixes up those that are side by side.
 * @param region the one that the SDK finds by itself unless told
 * @throws StartError
 */
export async function reachBucket(
  address: S3Address,
  options: AccessOptions,
  region?: string,
): Promise<S3Client> {
  const { timeouts = S3_TIMEOUTS } = options;
  const client = s3Client(options, region);
  const look = new ListObjectsV2Command({ Bucket: address.bucket, Prefix: rootOf(address), MaxKeys: 1 });
  try {
    await withDeadline(timeouts.call, (abortSignal) => client.send(look, { abortSignal }));
    return client;
  } catch (error) {
    client.destroy();
    const another = regionIn(error);
    if (another !== undefined && region === undefined) return reachBucket(address, options, another);
    throw await startError(error, client, address, { ...options, access: "read" });
  }
}

/** Why the bucket cannot be used. */
export async function startError(
  error: unknown,
  client: S3Client,
  { bucket, prefix }: S3Address,
  { access, namedBy = "STORE_URL" }: { access: "read" | "write"; namedBy?: string },
): Promise<StartError> {
  const reason = reasonOf(error, {
    bucket,
    access,
    namedBy,
    below: prefix === "" ? "*" : `${prefix}/*`,
    // AWS_ENDPOINT_URL, or the same from a profile.
    endpoint: await client.config.serviceConfiguredEndpoint?.(),
    pathStyle: client.config.forcePathStyle === true,
  });
  return new StartError(reason, { cause: error });
}
