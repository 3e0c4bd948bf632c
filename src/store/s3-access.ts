import { ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { StartError } from "../start-error.ts";
import { withDeadline } from "./deadline.ts";
import { WRITE_TEST } from "./own-keys.ts";
import { s3Client, S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { isAbsent, regionIn, statusOf } from "./s3-error.ts";
import { reasonOf } from "./s3-reason.ts";

export interface S3Address {
  bucket: string;
  /** What all keys lie below; no slash at either end, and may be empty. */
  prefix: string;
}

const WRITE_TEST_BODY =
  "A worker that starts tries here whether this server honours the conditions of writes. May be deleted.\n";
/** No object has this ETag. */
const NO_ETAG = `"${"0".repeat(32)}"`;

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

/**
 * That objects may be written, and that both conditions of writes are honoured, by writes whose conditions cannot hold.
 * One small object is made and stays: any number of processes may do this at once.
 * @throws StartError
 */
export async function checkWrites(
  client: S3Client,
  address: S3Address,
  { timeouts = S3_TIMEOUTS }: S3ClientOptions,
): Promise<void> {
  const object = { Bucket: address.bucket, Key: rootOf(address) + WRITE_TEST, Body: WRITE_TEST_BODY };

  async function isRefused(condition: { IfMatch: string } | { IfNoneMatch: string }): Promise<boolean> {
    const write = new PutObjectCommand({ ...object, ...condition });
    try {
      await withDeadline(timeouts.call, (abortSignal) => client.send(write, { abortSignal }));
      return false;
    } catch (error) {
      if (isRefusal(error)) return true;
      throw await startError(error, client, address, { access: "write" });
    }
  }

  const ifNoneMatch = { IfNoneMatch: "*" };
  // The first time it makes the object, and then it must be refused.
  if (!(await isRefused(ifNoneMatch)) && !(await isRefused(ifNoneMatch)))
    throw ignorant(address, "If-None-Match");
  if (!(await isRefused({ IfMatch: NO_ETAG }))) throw ignorant(address, "If-Match");
}

function isRefusal(error: unknown): boolean {
  return [409, 412].includes(statusOf(error)) || isAbsent(error);
}

function ignorant({ bucket }: S3Address, header: string): StartError {
  return new StartError(
    `The server of the bucket ${bucket} ignores a condition of writes (${header}), so two writers would overwrite ` +
      "each other's labels. Use one that honours If-Match and If-None-Match: AWS S3, Ceph, MinIO, SeaweedFS from 4.29 on, …",
  );
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
