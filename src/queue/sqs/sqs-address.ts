import { StartError } from "../../platform/start-error.ts";

export interface QueueAddress {
  url: string;
  /** Where requests go. */
  origin: string;
  name: string;
  /** Undefined where the host does not tell. */
  region: string | undefined;
}

/** As in `sqs.eu-west-1.amazonaws.com`, and so in China, in FIPS, dual-stack and VPC endpoints and in LocalStack. */
const REGION_OF_HOST = /(?:^|\.)sqs(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\./;
/** As in `eu-west-1.queue.amazonaws.com`, and so in China. */
const REGION_OF_LEGACY_HOST = /^([a-z]+(?:-[a-z]+)+-\d+)\.queue\.amazonaws\.com(?:\.cn)?$/;
/** Of the oldest region, us-east-1. */
const OLDEST_HOST = "queue.amazonaws.com";
const CONSOLE_HOST = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/;
/** As in `s3.eu-west-1.amazonaws.com`, `my-bucket.s3-eu-west-1.amazonaws.com` and `s3.dualstack.eu-west-1.api.aws`. */
const S3_HOST = /(?:^|\.)s3(?:[.-][\w.-]+)?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** @throws StartError when this is not the address of a standard queue */
export function parseQueueUrl(text: string): QueueAddress {
  const url = URL.parse(text);
  const name = url?.pathname.split("/").at(-1);
  if (url === null || !/^https?:$/.test(url.protocol) || !name)
    throw new StartError(
      `${text} is not the address of an SQS queue; it looks like https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.`,
    );
  if (name.endsWith(".fifo"))
    throw new StartError(
      `The queue ${text} is a FIFO queue, which holds back jobs that could run side by side; make a standard queue and use its address.`,
    );
  return { url: text, origin: url.origin, name, region: regionOf(url.hostname) };
}

function regionOf(host: string): string | undefined {
  if (host === OLDEST_HOST) return "us-east-1";
  return (REGION_OF_LEGACY_HOST.exec(host) ?? REGION_OF_HOST.exec(host))?.[1];
}

/**
 * What keeps an address that looks like a queue's from being one: the rest of a sentence, which repeats nothing of the address,
 * as that may hold a password.
 */
export function whatIsWrongWith({ hostname, username, password, search, hash }: URL): string | undefined {
  if (username !== "" || password !== "")
    return "must hold no user and no password; the AWS SDK finds credentials by itself";
  if (CONSOLE_HOST.test(hostname))
    return "is a page of the AWS console; the address of the queue stands on it under URL";
  if (S3_HOST.test(hostname)) return "is an address of S3, and must be that of an SQS queue";
  if (search !== "" || hash !== "") return "must end with the name of the queue, without ? and #";
  return undefined;
}

/**
 * The address of another queue on the same server. Made from this one's and not asked for, as the host that a server
 * calls itself by need not be reachable from here.
 * @param account unless it is the same
 */
export function neighbour({ url, region }: QueueAddress, name: string, account?: string): QueueAddress {
  const address = new URL(url);
  const segments = address.pathname.split("/");
  segments.splice(-1, 1, name);
  if (account !== undefined && /^\d{12}$/.test(segments.at(-2) ?? "")) segments.splice(-2, 1, account);
  address.pathname = segments.join("/");
  return { url: address.href, origin: address.origin, name, region };
}
