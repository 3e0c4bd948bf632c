import { describeAwsAccessError, describeServiceError } from "../../platform/aws-error.ts";
import { isDenied, statusOf } from "./s3-error.ts";
import { errorCode } from "../../platform/describe-error.ts";

/** What was asked for when it failed. */
interface Asked {
  bucket: string;
  access: "read" | "write";
  /** Where the bucket's name is to be corrected. */
  namedBy: string;
  /** Pattern of the objects' names. */
  below: string;
  /** Of a server other than AWS's own. */
  endpoint: string | undefined;
  pathStyle: boolean;
}

const UNKNOWN_HOST = new Set(["ENOTFOUND", "EAI_AGAIN"]);

/** Why a bucket cannot be used and what to do, for whoever runs the process. */
export function reasonOf(error: unknown, asked: Asked): string {
  const at = asked.endpoint === undefined ? "" : ` at ${asked.endpoint}`;
  return `The bucket ${asked.bucket}${at} cannot be used: ${why(error, asked)}.`;
}

function why(error: unknown, asked: Asked): string {
  const { name, code, message } = described(error);
  const status = statusOf(error);
  if (name === "NoSuchBucket")
    return `it does not exist; create it, or correct ${asked.namedBy}${orPathStyle(asked)}`;
  if (status === 301 || name === "IllegalLocationConstraintException")
    return "it is in another AWS region than the one asked, which did not tell where; set AWS_REGION to the bucket's";
  if (code === "ERR_INVALID_URL" || name === "EndpointError")
    return "that is no address; set AWS_ENDPOINT_URL to one such as http://127.0.0.1:9000";
  if (UNKNOWN_HOST.has(code)) return `${describeAwsAccessError(error)}${orPathStyle(asked)}`;
  if (isDenied(error)) return deniedIn(asked);
  if (name.endsWith("QuotaExceeded"))
    return `the quota of the bucket or of its owner is used up (${name}); raise it, or make room`;
  return describeAwsAccessError(error) ?? (status > 0 ? message : describeServiceError("S3", error));
}

function deniedIn({ bucket, access, below }: Asked): string {
  return access === "read"
    ? `access is denied; allow s3:ListBucket on arn:aws:s3:::${bucket}`
    : `access is denied; allow s3:PutObject, s3:GetObject and s3:DeleteObject on arn:aws:s3:::${bucket}/${below}`;
}

/** Host names such as bucket.localhost lead nowhere with most servers that people run themselves. */
function orPathStyle({ endpoint, pathStyle }: Asked): string {
  return endpoint === undefined || pathStyle ? "" : ", or set S3_FORCE_PATH_STYLE=true";
}

function described(error: unknown): { name: string; code: string; message: string } {
  if (!(error instanceof Error)) return { name: "", code: "", message: "" };
  return { name: error.name, code: errorCode(error) ?? "", message: error.message };
}
