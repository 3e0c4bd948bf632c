import { S3ServiceException } from "@aws-sdk/client-s3";
import { serviceErrorCode, describeServiceError } from "../../platform/aws-error.ts";
import { describeError } from "../../platform/describe-error.ts";

/** The HTTP status of an answer that was a failure; 0 when there was no answer. */
export function statusOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
}

/**
 * Puts what is known into the message, since that alone reaches a dead letter: code and HTTP status of an answer (Ceph sends no
 * messages), or Node's code where several addresses of a host have failed.
 */
export function withReason(error: unknown): unknown {
  if (error instanceof S3ServiceException) error.message = describeServiceError("S3", error);
  else if (error instanceof Error) error.message = describeError(error);
  return error;
}

/** Whether a permission is missing; a 403 may have other reasons. */
export function isDenied(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name.startsWith("AccessDenied");
}

/** Whether S3 refused a request without telling why, as it does with every HEAD. */
export function isUnexplained(error: unknown): boolean {
  const status = statusOf(error);
  return (
    error instanceof S3ServiceException &&
    status >= 400 &&
    status < 500 &&
    serviceErrorCode(error) === undefined
  );
}

/** How often the client had sent the request when it gave up. */
export function attemptsOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.attempts ?? 1) : 1;
}

/** Whether it is the object that is missing, not the bucket. A HEAD does not tell. */
export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === "NoSuchKey";
}

/** The bucket's region, when the answer tells of it because another was asked. */
export function regionIn(error: unknown): string | undefined {
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

/** What every answer should hold, but need not by its type. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the store answered without ${what}`);
  return value;
}
