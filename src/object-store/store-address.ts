import { fileURLToPath } from "node:url";

/** What STORE_URL names. */
export type StoreAddress =
  | { engine: "disk"; folder: string }
  /** The prefix does not end in a slash, and may be empty. */
  | { engine: "s3"; bucket: string; prefix: string };

const EXPECTED = "must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX";

/** Parses STORE_URL. Returns a string if the URL is wrong: the end of a sentence that starts with the setting's name. */
export function parseStoreUrl(url: string): StoreAddress | string {
  const { bucket, prefix = "" } = /^s3:\/\/(?<bucket>[^/]+)(?:\/(?<prefix>.*))?$/s.exec(url)?.groups ?? {};
  if (bucket !== undefined) return inBucket(bucket, prefix.replace(/(?<=.)\/$/s, ""));
  const folder = /^file:./.test(url) ? folderOf(url) : undefined;
  return folder === undefined ? EXPECTED : { engine: "disk", folder };
}

/**
 * The URL of a project's image folder on S3; for a local folder, the path on a Label Studio whose local files are those of the store.
 * @param project prefix of the project's keys: empty, or ends in "/"
 * @see https://labelstud.io/guide/storage#Local-storage for LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT
 */
export function imageFolderUrl(address: StoreAddress, project = ""): string {
  if (address.engine === "disk") return `/data/local-files/?d=${project}images/`;
  const { bucket, prefix } = address;
  return `s3://${bucket}/${prefix === "" ? "" : `${prefix}/`}${project}images`;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes("..");
}

export const BUCKET_NAMES =
  "bucket names have 3 to 63 lower-case letters, digits, . and -, start and end with a letter or digit, and have no two dots in a row";

function inBucket(bucket: string, prefix: string): StoreAddress | string {
  if (!isBucketName(bucket)) return `has no valid bucket name: ${BUCKET_NAMES}`;
  // @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html
  if (bucket.endsWith("--x-s3"))
    return "names a directory bucket (--x-s3), which does not list in order; use a general purpose bucket";
  if (prefix !== "" && !isPrefix(prefix))
    return "has an invalid prefix: the names between its slashes must not be empty, . or .., and it must not contain control characters or start or end with a space";
  return { engine: "s3", bucket, prefix };
}

/** Some clients and servers resolve dots and empty names like file paths, and end up in another bucket. */
function isPrefix(text: string): boolean {
  const segments = text.split("/");
  return !/^\s|\s$|\p{Cc}/u.test(text) && !segments.some((segment) => ["", ".", ".."].includes(segment));
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return url.slice("file:".length);
  try {
    // A host is a mistake, as in file://data, which Windows would look up on the network.
    return new URL(url).host === "" ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
