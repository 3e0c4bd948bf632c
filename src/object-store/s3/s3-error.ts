import { S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { describeAwsAccessError, serviceErrorCode, describeServiceError } from "../../platform/aws-error.ts";
import { describeError, errorCode } from "../../platform/describe-error.ts";
import { StartError } from "../../platform/start-error.ts";
import type { S3Address } from "./s3-client.ts";

/** The HTTP status of an error response; 0 if there was no response. */
export function statusOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
}

/**
 * Completes an error's message, because only the message reaches a dead letter: with the code and HTTP status of a response
 * (Ceph sends no messages), or with Node's code if all addresses of a host failed.
 */
export function withReason(error: unknown): unknown {
  if (error instanceof S3ServiceException) error.message = describeServiceError("S3", error);
  else if (error instanceof Error) error.message = describeError(error);
  return error;
}

/** Whether a permission is missing. A 403 may have other reasons. */
export function isDenied(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name.startsWith("AccessDenied");
}

/** Whether S3 refused a request without a code, as it does with every HEAD. */
export function isUnexplained(error: unknown): boolean {
  const status = statusOf(error);
  return (
    error instanceof S3ServiceException &&
    status >= 400 &&
    status < 500 &&
    serviceErrorCode(error) === undefined
  );
}

/** Number of times that the client sent the request. */
export function attemptsOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.attempts ?? 1) : 1;
}

/** Whether the object is missing, and not the bucket. The response to a HEAD does not say which. */
export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === "NoSuchKey";
}

/**
 * The bucket's region, if the response names it because another region was asked.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export function bucketRegion(error: unknown): string | undefined {
  return error instanceof S3ServiceException ? error.$response?.headers["x-amz-bucket-region"] : undefined;
}

export async function absentAsUndefined<T>(
  work: Promise<T>,
  isAbsence: (error: unknown) => boolean,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Returns a value that every response has, although its type says that it may be missing. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the store's response has no ${what}`);
  return value;
}

interface Attempt {
  bucket: string;
  access: "read" | "write";
  /** Where to correct the bucket's name. */
  namedBy: string;
  /** Pattern of the objects' names. */
  objects: string;
  /** URL of a server other than AWS. */
  endpoint: string | undefined;
  pathStyle: boolean;
}

/** Makes the error that tells the operator why a bucket cannot be used. */
export async function startError(
  error: unknown,
  client: S3Client,
  { bucket, prefix }: S3Address,
  { access, namedBy = "STORE_URL" }: { access: "read" | "write"; namedBy?: string },
): Promise<StartError> {
  const message = describeBucketError(error, {
    bucket,
    access,
    namedBy,
    objects: prefix === "" ? "*" : `${prefix}/*`,
    // AWS_ENDPOINT_URL, or the same from a profile.
    endpoint: await client.config.serviceConfiguredEndpoint?.(),
    pathStyle: client.config.forcePathStyle === true,
  });
  return new StartError(message, { cause: error });
}

export function describeBucketError(error: unknown, attempt: Attempt): string {
  const at = attempt.endpoint === undefined ? "" : ` at ${attempt.endpoint}`;
  return `The bucket ${attempt.bucket}${at} cannot be used: ${cause(error, attempt)}.`;
}

function cause(error: unknown, attempt: Attempt): string {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  const code = errorCode(error) ?? "";
  const status = statusOf(error);
  if (name === "NoSuchBucket")
    return `it does not exist; create it, or correct ${attempt.namedBy}${pathStyleHint(attempt)}`;
  if (status === 301 || name === "IllegalLocationConstraintException")
    return "it is in another AWS region, and the response does not name it; set AWS_REGION to the bucket's region";
  if (code === "ERR_INVALID_URL" || name === "EndpointError")
    return "the endpoint is not a URL; set AWS_ENDPOINT_URL to one such as http://127.0.0.1:9000";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `${describeAwsAccessError(error)}${pathStyleHint(attempt)}`;
  if (isDenied(error)) return denied(attempt);
  if (name.endsWith("QuotaExceeded"))
    return `the quota of the bucket or of its owner is used up (${name}); raise it, or delete something`;
  return describeAwsAccessError(error) ?? (status > 0 ? message : describeServiceError("S3", error));
}

function denied({ bucket, access, objects }: Attempt): string {
  return access === "read"
    ? `access is denied; allow s3:ListBucket on arn:aws:s3:::${bucket}`
    : `access is denied; allow s3:PutObject, s3:GetObject and s3:DeleteObject on arn:aws:s3:::${bucket}/${objects}`;
}

/** With most self-hosted servers, host names such as bucket.localhost do not resolve. */
function pathStyleHint({ endpoint, pathStyle }: Attempt): string {
  return endpoint === undefined || pathStyle ? "" : ", or set S3_FORCE_PATH_STYLE=true";
}
