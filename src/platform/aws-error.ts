import { z } from "zod";
import { errorCode } from "./describe-error.ts";

/** Error names with which AWS services reject credentials. */
const CREDENTIALS_ERRORS = new Set([
  "AuthFailure",
  "AuthorizationHeaderMalformed",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSecurity",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "NotSignedUp",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
  "UnrecognizedClientException",
]);

/**
 * Describes why a request did not reach its queue or bucket, and what to do: the end of a sentence, without its period. Returns
 * undefined when the request did reach it, or for an unknown reason.
 */
export function describeAwsAccessError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (message === "Region is missing") return "the AWS region is not known; set AWS_REGION";
  const region = /^Region not accepted: region="(.*?)" is/s.exec(message)?.[1];
  if (region !== undefined) return `${region} is not an AWS region; set AWS_REGION to one such as eu-west-1`;
  if (name === "CredentialsProviderError" || name === "TokenProviderError")
    return `no AWS credentials were found (${message}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role`;
  if (CREDENTIALS_ERRORS.has(name))
    return `the AWS credentials are not accepted (${name}); check that they are complete, not expired, and of the right account and region`;
  if (name === "RequestExpired" || name === "RequestTimeTooSkewed")
    return `the clock of this machine is wrong (${name}); set it`;
  // Errors of sockets, name resolution and TLS have Node's code. Responses of a service have none.
  const cause = errorCode(error) ?? (name === "TimeoutError" ? "time-out" : undefined);
  return cause && `it cannot be reached (${cause}); check the address and the network`;
}

/** What the SDK fills in for a message or a code that the service did not send. */
const NO_MESSAGE = new Set(["", "UnknownError"]);
const NO_CODE = new Set(["Unknown", "UnknownError"]);

/** Returns the service's error code, or undefined if it sent none, as in response to a HEAD. */
export function serviceErrorCode(error: Error): string | undefined {
  return NO_CODE.has(error.name) ? undefined : error.name;
}

/** Errors that a service sent. Those that the SDK itself throws have no HTTP status. */
const answeredError = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

/** Quotes an error that `describeAwsAccessError` does not know: the end of a sentence, without its period. */
export function describeServiceError(service: "S3" | "SQS", error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\.$/, "");
  const status = answeredError.safeParse(error).data?.$metadata.httpStatusCode;
  if (status === undefined) return `${error.name}: ${message}`;
  const answered = `${service} answered ${status} ${serviceErrorCode(error) ?? "without a code"}`;
  return NO_MESSAGE.has(message) ? answered : `${answered}: ${message}`;
}
