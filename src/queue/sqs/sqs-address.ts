import { StartError } from "../../platform/start-error.ts";

export interface SqsAddress {
  url: string;
  /** Endpoint that requests go to. */
  origin: string;
  name: string;
  /** Undefined when the host does not contain it. */
  region: string | undefined;
}

/** Matches `sqs.eu-west-1.amazonaws.com`, also in China, and FIPS, dual-stack, VPC and LocalStack endpoints. */
const REGION_OF_HOST = /(?:^|\.)sqs(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\./;
/** Matches `eu-west-1.queue.amazonaws.com`, also in China. */
const REGION_OF_LEGACY_HOST = /^([a-z]+(?:-[a-z]+)+-\d+)\.queue\.amazonaws\.com(?:\.cn)?$/;
/** Legacy host of us-east-1. */
const OLDEST_HOST = "queue.amazonaws.com";
const CONSOLE_HOST = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/;
/** Matches `s3.eu-west-1.amazonaws.com`, `my-bucket.s3-eu-west-1.amazonaws.com` and `s3.dualstack.eu-west-1.api.aws`. */
const S3_HOST = /(?:^|\.)s3(?:[.-][\w.-]+)?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** @throws StartError when the text is not the URL of a standard queue */
export function requireSqsUrl(text: string): SqsAddress {
  const url = URL.parse(text);
  const name = url?.pathname.split("/").at(-1);
  if (url === null || !/^https?:$/.test(url.protocol) || !name)
    throw new StartError(
      `${text} is not the URL of an SQS queue; it must look like https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.`,
    );
  if (name.endsWith(".fifo"))
    throw new StartError(
      `The queue ${text} is a FIFO queue, which does not deliver the jobs of one group in parallel; create a standard queue and use its URL.`,
    );
  return { url: text, origin: url.origin, name, region: regionOf(url.hostname) };
}

function regionOf(host: string): string | undefined {
  if (host === OLDEST_HOST) return "us-east-1";
  return (REGION_OF_LEGACY_HOST.exec(host) ?? REGION_OF_HOST.exec(host))?.[1];
}

/**
 * Says what is wrong with a URL that looks like a queue's: the predicate of a sentence. Repeats no part of the URL, which may
 * contain a password. Returns undefined for the URL of a queue.
 */
export function queueUrlProblem({ hostname, username, password, search, hash }: URL): string | undefined {
  if (username !== "" || password !== "")
    return "must not contain a user or password; the AWS SDK finds credentials by itself";
  if (CONSOLE_HOST.test(hostname))
    return "is a page of the AWS console; that page shows the address of the queue under URL";
  if (S3_HOST.test(hostname)) return "is an address of S3; it must be that of an SQS queue";
  if (search !== "" || hash !== "") return "must end with the name of the queue, without ? and #";
  return undefined;
}

/**
 * Derives the address of another queue on the same server. GetQueueUrl is not used, because the host name that a server returns
 * may not be reachable from here.
 * @param account default: that of the first queue
 */
export function siblingQueue({ url, region }: SqsAddress, name: string, account?: string): SqsAddress {
  const address = new URL(url);
  const segments = address.pathname.split("/");
  segments.splice(-1, 1, name);
  if (account !== undefined && /^\d{12}$/.test(segments.at(-2) ?? "")) segments.splice(-2, 1, account);
  address.pathname = segments.join("/");
  return { url: address.href, origin: address.origin, name, region };
}
