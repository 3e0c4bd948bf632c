import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { StartError } from "../start-error.ts";
import { withDeadline } from "./deadline.ts";
import { s3Client, S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { isAbsent, regionIn, statusOf } from "./s3-error.ts";
import { reasonOf } from "./s3-reason.ts";

export interface S3Address {
  bucket: string;
  /** What all keys lie below; no slash at either end, and may be empty. */
  prefix: string;
}

/** No object has this ETag. */
const NO_ETAG = `"${"0".repeat(32)}"`;

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
  options: S3ClientOptions,
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
    throw await startError(error, client, address, "read");
  }
}

/**
 * That objects may be written, and that the conditions of writes are honoured: by a write whose condition cannot hold.
 * @throws StartError
 */
export async function checkWrites(
  client: S3Client,
  address: S3Address,
  { timeouts = S3_TIMEOUTS }: S3ClientOptions,
): Promise<void> {
  const place = { Bucket: address.bucket, Key: `${rootOf(address)}conditional-write-test` };
  const write = new PutObjectCommand({ ...place, Body: "May be deleted.", IfMatch: NO_ETAG });
  try {
    await withDeadline(timeouts.call, (abortSignal) => client.send(write, { abortSignal }));
  } catch (error) {
    if (statusOf(error) === 412 || isAbsent(error)) return;
    throw await startError(error, client, address, "write");
  }
  const cleaning = new DeleteObjectCommand(place);
  // If it fails, what stays does no harm.
  await withDeadline(timeouts.call, (abortSignal) => client.send(cleaning, { abortSignal })).catch(() => {});
  throw new StartError(
    `The server of the bucket ${address.bucket} ignores the conditions of writes (If-Match), so two writers would ` +
      "overwrite each other's labels. Use one that honours them: AWS S3, Ceph, MinIO, SeaweedFS from 3.97 on, …",
  );
}

async function startError(
  error: unknown,
  client: S3Client,
  { bucket, prefix }: S3Address,
  access: "read" | "write",
): Promise<StartError> {
  const reason = reasonOf(error, {
    bucket,
    access,
    below: prefix === "" ? "*" : `${prefix}/*`,
    // AWS_ENDPOINT_URL, or the same from a profile.
    endpoint: await client.config.serviceConfiguredEndpoint?.(),
    pathStyle: client.config.forcePathStyle === true,
  });
  return new StartError(reason, { cause: error });
}
