import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { withDeadline } from "../../platform/deadline.ts";
import type { BucketReader, Unreadable } from "../bucket-reader.ts";
import { reachBucket, type S3Address } from "./s3-access.ts";
import { S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { given, isAbsent, isDenied, isUnexplained } from "./s3-error.ts";

/** Milliseconds to read one, of which several may share a slow line; what stalls is given up long before. */
const READ_DEADLINE = 120_000;

interface Options extends S3ClientOptions {
  readDeadline?: number;
}

/**
 * What lies in a bucket that somebody has named by its address.
 * @throws StartError when it cannot be listed below the prefix
 */
export async function s3Objects(address: S3Address, options: Options): Promise<BucketReader> {
  const { timeouts = S3_TIMEOUTS, readDeadline = READ_DEADLINE } = options;
  const client = await reachBucket(address, { ...options, namedBy: "its address" });
  const { bucket } = address;

  const page = (prefix: string, token: string | undefined): Promise<ListObjectsV2CommandOutput> =>
    withDeadline(timeouts.call, (abortSignal) =>
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }), {
        abortSignal,
      }),
    );

  return {
    async *list(prefix) {
      let token: string | undefined;
      do {
        const { Contents = [], NextContinuationToken } = await page(prefix, token);
        for (const { Key: name = "", Size: size = 0 } of Contents) yield { name, size };
        token = NextContinuationToken;
      } while (token !== undefined);
    },

    async read(name) {
      try {
        return await withDeadline(readDeadline, (signal) => bodyOf(client, { bucket, name, signal }));
      } catch (error) {
        const reason = unreadable(error);
        if (reason === undefined) throw error;
        return reason;
      }
    },

    close() {
      client.destroy();
    },
  };
}

async function bodyOf(
  client: S3Client,
  { bucket, name, signal }: { bucket: string; name: string; signal: AbortSignal },
): Promise<Buffer> {
  const get = new GetObjectCommand({ Bucket: bucket, Key: name });
  const { Body } = await client.send(get, { abortSignal: signal });
  return Buffer.from(await given(Body, "body").transformToByteArray());
}

function unreadable(error: unknown): Unreadable | undefined {
  if (isAbsent(error)) return "absent";
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  if (error instanceof Error && error.name === "InvalidObjectState") return "archived";
  return isDenied(error) || isUnexplained(error) ? "denied" : undefined;
}
