import { errorCode } from "./describe-error.ts";

/** What the services of AWS call credentials that they do not take. */
const NOT_ACCEPTED = new Set([
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

const CLOCK = new Set(["RequestExpired", "RequestTimeTooSkewed"]);

/**
 * Why a request did not get as far as the queue or bucket it was meant for, and what to do about it: the end of a sentence
 * without its full stop. Undefined when it did get there, or for reasons unknown.
 */
export function describeAwsAccessError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (message === "Region is missing") return "the AWS region is not known; set AWS_REGION";
  const region = /^Region not accepted: region="(.*?)" is/s.exec(message)?.[1];
  if (region !== undefined) return `${region} is no AWS region; set AWS_REGION to one such as eu-west-1`;
  if (name === "CredentialsProviderError" || name === "TokenProviderError")
    return `no AWS credentials were found (${message}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role`;
  if (NOT_ACCEPTED.has(name))
    return `the AWS credentials are not accepted (${name}); check that they are whole, not expired, and of the right account and region`;
  if (CLOCK.has(name)) return `the clock of this machine is wrong (${name}); set it`;
  const cause = networkFault(error);
  return cause && `it cannot be reached (${cause}); check the address and the network`;
}

/** Faults of sockets, name resolution and TLS carry Node's code; answers of a service carry none. */
function networkFault(error: Error): string | undefined {
  return errorCode(error) ?? (error.name === "TimeoutError" ? "time-out" : undefined);
}

/** What the SDK puts in place of a message or a code that the service did not send. */
const NO_MESSAGE = new Set(["", "UnknownError"]);
const NO_CODE = new Set(["Unknown", "UnknownError"]);

/** The service's code for what it refused; undefined where it sent none, as in answer to a HEAD. */
export function serviceErrorCode(error: Error): string | undefined {
  return NO_CODE.has(error.name) ? undefined : error.name;
}

/** What else was wrong, in the service's words where it answered: the end of a sentence without its full stop. */
export function describeServiceError(service: "S3" | "SQS", error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\.$/, "");
  const status = httpStatus(error);
  if (status === undefined) return `${error.name}: ${message}`;
  const answered = `${service} answered ${status} ${serviceErrorCode(error) ?? "without a code"}`;
  return NO_MESSAGE.has(message) ? answered : `${answered}: ${message}`;
}

/** The SDK's own errors tell of attempts at the most, and of no HTTP status. */
function httpStatus(error: Error): number | undefined {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  return typeof metadata === "object" &&
    metadata !== null &&
    "httpStatusCode" in metadata &&
    typeof metadata.httpStatusCode === "number"
    ? metadata.httpStatusCode
    : undefined;
}
