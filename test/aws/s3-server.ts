import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { answer, type S3Answer, type S3Request, type S3Variation } from "./s3-answers.ts";
import { newBucket, type Bucket, type Content } from "./s3-bucket.ts";

/**
 * Called around each request, which `act` performs in one step. May wait before and after, act and then return another
 * response, never resolve, or return undefined, which closes the connection.
 */
type Around = (
  request: S3Request,
  act: () => S3Answer,
) => S3Answer | undefined | Promise<S3Answer | undefined>;

/** Milliseconds that a connection stays open after the announced time, so that only clients that respect it close it soon. */
const KEPT_LONGER = 60_000;

export interface S3ServerOptions extends S3Variation {
  /** Buckets and their initial content. */
  buckets?: Record<string, Iterable<Content>>;
  around?: Around;
  /** Announced keep-alive time of idle connections, in milliseconds. */
  keepAliveMs?: number;
}

export interface S3Server {
  endpoint: string;
  port: number;
  /** @throws if there is no bucket with this name */
  bucket(name: string): Bucket;
  createBucket(name: string, content?: Iterable<Content>): void;
  /** All requests, oldest first. */
  requests: { method: string; bucket: string; key: string; bytes: number }[];
  /** Open connections. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A server with the part of S3 that a store needs, path style, on a free port of 127.0.0.1: GET, HEAD, PUT with If-Match and
 * If-None-Match, DELETE, ListObjectsV2. Ignores credentials.
 */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { around = (_, act) => act(), keepAliveMs = 5_000 } = options;
  const buckets = new Map<string, Bucket>();
  for (const [name, content] of Object.entries(options.buckets ?? {})) buckets.set(name, newBucket(content));
  const requests: S3Server["requests"] = [];

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const { method, bucket, key, body } = request;
    requests.push({ method, bucket, key, bytes: body.length });
    send(outgoing, await around(request, () => answer(buckets.get(bucket), request, options)));
  }

  const kept = { keepAliveTimeout: keepAliveMs, keepAliveTimeoutBuffer: KEPT_LONGER };
  const server = createServer(kept, (incoming, outgoing) => {
    // The client has disconnected.
    serve(incoming, outgoing).catch(() => incoming.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    requests,
    bucket(name) {
      const found = buckets.get(name);
      if (found === undefined) throw new Error(`no bucket ${name}`);
      return found;
    },
    createBucket(name, content) {
      buckets.set(name, newBucket(content));
    },
    connections: () => promisify(server.getConnections.bind(server))(),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<S3Request> {
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://s3");
  const [bucket = "", ...key] = pathname.slice(1).split("/");
  const attempt = /attempt=(\d+)/.exec(String(incoming.headers["amz-sdk-request"]))?.[1];
  return {
    method: incoming.method ?? "",
    bucket: decodeURIComponent(bucket),
    key: decodeURIComponent(key.join("/")),
    query: searchParams,
    headers: incoming.headers,
    body: await buffer(incoming),
    attempt: Number(attempt ?? 1),
  };
}

function send(outgoing: ServerResponse, answered: S3Answer | undefined): void {
  if (answered === undefined) {
    outgoing.destroy();
    return;
  }
  const { status, headers, cut } = answered;
  const body = Buffer.from(answered.body ?? "");
  outgoing.writeHead(status, {
    ...headers,
    ...(status === 204 || status === 304 ? {} : { "content-length": body.length }),
  });
  if (cut === undefined) outgoing.end(body);
  else outgoing.write(body.subarray(0, body.length / 2), () => cut === "drop" && outgoing.destroy());
}
