import type { Bucket } from "./s3-bucket.ts";

export interface S3Request {
  method: string;
  bucket: string;
  /** Empty if the request is for the bucket itself. */
  key: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** The client's count of how often it has sent this request, from 1. */
  attempt: number;
}

export interface S3Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | string;
  /** Sends half of the body and then nothing, or closes the connection. */
  cut?: "stall" | "drop";
}

export interface S3Variation {
  /** Behaves like Ceph with unquoted ETags: answers a lost If-Match race with 500 at first, and If-Match on a missing key with 412. */
  likeCeph?: boolean;
  /** Conditions that the server ignores, as some servers do. */
  ignores?: readonly ("if-match" | "if-none-match")[];
  /** Behaves like Ceph 16: a quoted ETag never matches, so If-Match never holds. */
  refusesQuotes?: boolean;
}

const MAX_KEYS = 1_000;

export function failure(status: number, code: string, headers: Record<string, string> = {}): S3Answer {
  return {
    status,
    headers: { "content-type": "application/xml", ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code} by the test server</Message></Error>`,
  };
}

/** An error response without a message, as from Ceph. */
export function bareFailure(status: number, code: string): S3Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><RequestId>tx1</RequestId></Error>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

/** The response of S3, computed in one step. */
export function answer(bucket: Bucket | undefined, request: S3Request, variation: S3Variation): S3Answer {
  if (bucket === undefined) return failure(404, "NoSuchBucket");
  const { method, key, query } = request;
  if (key === "" && method === "GET") return list(bucket, query);
  if (key === "") return method === "HEAD" ? { status: 200 } : failure(405, "MethodNotAllowed");
  if (method === "GET" || method === "HEAD") return read(bucket, request, variation);
  if (method === "PUT") return put(bucket, request, variation);
  if (method !== "DELETE") return failure(405, "MethodNotAllowed");
  bucket.delete(key);
  return { status: 204 };
}

function read(bucket: Bucket, { key, headers: sent }: S3Request, { refusesQuotes }: S3Variation): S3Answer {
  const found = bucket.get(key);
  if (found === undefined) return failure(404, "NoSuchKey");
  const headers = {
    ...found.metadata,
    etag: found.etag,
    "last-modified": found.modified.toUTCString(),
    "content-type": found.contentType ?? "binary/octet-stream",
  };
  if (sent["if-none-match"] === found.etag && refusesQuotes !== true) return { status: 304, headers };
  return { status: 200, headers, body: found.body };
}

function put(bucket: Bucket, request: S3Request, variation: S3Variation): S3Answer {
  const refusal = refused(bucket, request, variation);
  if (refusal !== undefined) return refusal;
  const contentType = request.headers["content-type"]?.toString();
  const metadata = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      name.startsWith("x-amz-meta-") ? [[name, String(value)]] : [],
    ),
  );
  const { etag } = bucket.put(request.key, request.body, { contentType, metadata });
  return { status: 200, headers: { etag } };
}

function refused(
  bucket: Bucket,
  request: S3Request,
  { likeCeph, ignores = [], refusesQuotes = false }: S3Variation,
): S3Answer | undefined {
  const ignored = Object.fromEntries(ignores.map((name) => [name, undefined]));
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = { ...request.headers, ...ignored };
  const found = bucket.get(request.key);
  const failed = failure(412, "PreconditionFailed");
  if (ifNoneMatch !== undefined && found !== undefined) return failed;
  const own = refusesQuotes ? found?.etag.replaceAll('"', "") : found?.etag;
  if (ifMatch === undefined || ifMatch === own) return undefined;
  if (found === undefined) return likeCeph === true ? failed : failure(404, "NoSuchKey");
  return likeCeph === true && request.attempt === 1 ? failure(500, "InternalError") : failed;
}

function list(bucket: Bucket, query: URLSearchParams): S3Answer {
  const limit = Math.min(Number(query.get("max-keys") ?? MAX_KEYS), MAX_KEYS);
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : fromToken(token);
  const { objects, truncated } = bucket.page(query.get("prefix") ?? "", after, limit);
  const encoded = query.get("encoding-type") === "url";
  const contents = objects.map(
    ({ key, object }) =>
      `<Contents><Key>${encoded ? urlEncoded(key) : xmlEscaped(key)}</Key><Size>${object.body.length}</Size>` +
      `<LastModified>${object.modified.toISOString()}</LastModified><ETag>${xmlEscaped(object.etag)}</ETag></Contents>`,
  );
  const last = objects.at(-1)?.key ?? "";
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    `<KeyCount>${objects.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${truncated}</IsTruncated>`,
    encoded ? "<EncodingType>url</EncodingType>" : "",
    truncated ? `<NextContinuationToken>${toToken(last)}</NextContinuationToken>` : "",
    ...contents,
    "</ListBucketResult>",
  ];
  return { status: 200, headers: { "content-type": "application/xml" }, body: parts.join("") };
}

const toToken = (key: string): string => Buffer.from(key).toString("base64url");
const fromToken = (token: string): string => Buffer.from(token, "base64url").toString();

function urlEncoded(key: string): string {
  if (/^[\w./-]*$/.test(key)) return key;
  return encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes like S3: with references to control characters, which XML does not allow. */
function xmlEscaped(text: string): string {
  return text.replaceAll(
    /[&<>"\p{Cc}]/gu,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
