import { statusOf } from "./s3-error.ts";

/** What was asked for when it failed. */
interface Asked {
  bucket: string;
  access: "read" | "write";
  /** Pattern of the objects' names. */
  below: string;
  /** Of a server other than AWS's own. */
  endpoint: string | undefined;
  pathStyle: boolean;
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const NOT_ACCEPTED = new Set([
  "AuthorizationHeaderMalformed",
  "ExpiredToken",
  "InvalidAccessKeyId",
  "InvalidSecurity",
  "InvalidToken",
  "NotSignedUp",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
]);

/** Why a bucket cannot be used and what to do, for whoever runs the process. */
export function reasonOf(error: unknown, asked: Asked): string {
  const { name, message, code } = described(error);
  const { bucket, access, endpoint: where = "AWS" } = asked;

  if (name === "NoSuchBucket")
    return `There is no bucket ${bucket} at ${where}. Create it, or correct STORE_URL${orPathStyle(asked)}.`;
  if (name === "CredentialsProviderError")
    return `No AWS credentials were found for the bucket ${bucket} (${message}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role.`;
  if (NOT_ACCEPTED.has(name))
    return `The AWS credentials for the bucket ${bucket} are not accepted by ${where} (${name}: ${message}). Correct or renew them.`;
  if (message === "Region is missing")
    return `The AWS region of the bucket ${bucket} is not known. Set AWS_REGION.`;
  if (statusOf(error) === 301 || name === "IllegalLocationConstraintException")
    return `The bucket ${bucket} is in another AWS region than the one asked, which did not tell where. Set AWS_REGION to the bucket's.`;
  if (statusOf(error) === 403) return `${deniedIn(asked)} (${name}: ${message}).`;
  if (code === "ERR_INVALID_URL")
    return `AWS_ENDPOINT_URL, through which the bucket ${bucket} is asked for, is not an address. Give one such as http://127.0.0.1:9000.`;
  if (UNREACHABLE.has(code) || name === "TimeoutError")
    return `The server of the bucket ${bucket} (${where}) cannot be reached (${message}). Check the network and AWS_ENDPOINT_URL${orPathStyle(asked)}.`;
  return `The bucket ${bucket} at ${where} cannot be ${access === "read" ? "read" : "written"} (${name}: ${message}).`;
}

function deniedIn({ bucket, access, below }: Asked): string {
  return access === "read"
    ? `The AWS credentials may not list the bucket ${bucket}. Allow them s3:ListBucket on arn:aws:s3:::${bucket}`
    : `The AWS credentials may not write to the bucket ${bucket}. Allow them s3:PutObject, s3:GetObject and s3:DeleteObject on arn:aws:s3:::${bucket}/${below}`;
}

/** Host names such as bucket.localhost lead nowhere with most servers that people run themselves. */
function orPathStyle({ endpoint, pathStyle }: Asked): string {
  return endpoint === undefined || pathStyle ? "" : ", or set S3_FORCE_PATH_STYLE=true";
}

function described(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), code: "" };
  return {
    name: error.name,
    message: error.message,
    code: "code" in error ? String(error.code) : "",
  };
}
