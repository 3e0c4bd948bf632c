import { fileURLToPath } from "node:url";

/** What STORE_URL names. */
export type StoreAddress =
  | { engine: "disk"; folder: string }
  /** The prefix has no slash at its end, and may be empty. */
  | { engine: "s3"; bucket: string; prefix: string };

const WANTED = "must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX";

/** The address, or what is wrong with it: what follows the setting's name. */
export function parseStoreUrl(url: string): StoreAddress | string {
  const { bucket, prefix = "" } = /^s3:\/\/(?<bucket>[^/]+)(?:\/(?<prefix>.*))?$/s.exec(url)?.groups ?? {};
  if (bucket !== undefined) return inBucket(bucket, prefix.replace(/(?<=.)\/$/s, ""));
  const folder = /^file:./.test(url) ? folderOf(url) : undefined;
  return folder === undefined ? WANTED : { engine: "disk", folder };
}

/** The address of the folder of the images; undefined where it has none that could be told to others. */
export function imagesIn(address: StoreAddress): string | undefined {
  if (address.engine === "disk") return undefined;
  const { bucket, prefix } = address;
  return `s3://${bucket}/${prefix === "" ? "" : `${prefix}/`}images`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes("..");
}

export const BUCKET_NAMES =
  "bucket names are lower-case letters, digits, . and -, 3 to 63 of them, with a letter or digit at either end and no two dots side by side";

function inBucket(bucket: string, prefix: string): StoreAddress | string {
  if (!isBucketName(bucket)) return `names no bucket of S3: ${BUCKET_NAMES}`;
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html
  if (bucket.endsWith("--x-s3"))
    return "names a directory bucket (--x-s3), which does not list in order; take a general purpose bucket";
  if (prefix !== "" && !isPrefix(prefix))
    return "has a prefix that cannot be used: the names between its slashes may not be empty, . or .., and it may hold no control characters and no blank at either end";
  return { engine: "s3", bucket, prefix };
}

/** Some clients and servers resolve dots and empty names as in paths of files, and get into another bucket. */
function isPrefix(text: string): boolean {
  const segments = text.split("/");
  return !/^\s|\s$|\p{Cc}/u.test(text) && !segments.some((segment) => ["", ".", ".."].includes(segment));
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return url.slice("file:".length);
  try {
    // A host is a mistake, as in file://data, for which Windows would look on the network.
    return new URL(url).host === "" ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
