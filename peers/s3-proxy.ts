import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import pLimit from "p-limit";
import type { S3Answer, S3Request } from "../test/aws/s3-answers.ts";
import type { Bucket } from "../test/faults/records.ts";
import type { OpenS3, S3Backend } from "../test/faults/s3-backend.ts";
import { s3Client } from "./s3-client.ts";

const READ_CONCURRENCY = 16;

/** Puts a proxy that can inject faults in front of an S3 server. The server ends with the proxy. */
export async function s3Proxy(
  server: { origin: string } & AsyncDisposable,
  bucket: string,
  around: Parameters<OpenS3>[1],
): Promise<S3Backend> {
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const answer = await around(s3Request(incoming, body), () => pass(server.origin, incoming, body));
    if (answer === undefined) return void incoming.destroy();
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }
  const proxy = createServer((incoming, outgoing) => {
    // The client or the server has disconnected.
    serve(incoming, outgoing).catch(() => incoming.destroy());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    contents: () => readBucket(server.origin, bucket),
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The headers go on unchanged, because the signature covers them, the host included. */
async function pass(
  origin: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<S3Answer> {
  const passed = request(new URL(url ?? "/", origin), { method, headers });
  passed.end(body);
  const [response] = (await once(passed, "response")) as [IncomingMessage];
  const content = await buffer(response);
  const { "transfer-encoding": _, connection: __, ...kept } = response.headers;
  return { status: response.statusCode ?? 502, headers: kept as Record<string, string>, body: content };
}

function s3Request({ method = "", url = "/", headers }: IncomingMessage, body: Buffer): S3Request {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [bucket = "", ...key] = pathname.slice(1).split("/").map(decodeURIComponent);
  return { method, bucket, key: key.join("/"), query: searchParams, headers, body, attempt: 1 };
}

async function readBucket(endpoint: string, Bucket: string): Promise<Bucket> {
  const client = s3Client(endpoint);
  const objects = new Map<string, { body: Buffer }>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    await pLimit(READ_CONCURRENCY).map(Contents, async ({ Key = "" }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      objects.set(Key, { body: Buffer.from((await Body?.transformToByteArray()) ?? []) });
    });
  client.destroy();
  const keys = [...objects.keys()].toSorted();
  return { keys: () => keys, get: (key) => objects.get(key) };
}
