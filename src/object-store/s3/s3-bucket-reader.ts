import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { withDeadline } from "../../platform/deadline.ts";
import { openBucket, S3_TIMEOUTS, type S3Address, type S3ClientOptions } from "./s3-client.ts";
import { isAbsent, isDenied, isUnexplained, required } from "./s3-error.ts";

/** Maximum duration of reading one object. Several may share a slow line; a read that gets no bytes ends much sooner. */
const READ_DEADLINE_MS = 120_000;

/** Why one object cannot be read although its bucket can. */
export type Unreadable = "absent" | "archived" | "denied";

/** Reads a bucket with objects of any name, such as images to import. */
export interface BucketReader {
  /** Lists the objects whose name starts with the prefix, with sizes in bytes. @throws Error of the store */
  list(prefix: string): AsyncIterable<{ name: string; size: number }>;
  /** @throws Error of the store, if the reason is not this object */
  read(name: string): Promise<Buffer | Unreadable>;
  close(): void;
}

/**
 * Opens a bucket that a person has named by its address.
 * @throws StartError if the bucket cannot be listed below the prefix
 */
export async function s3BucketReader(
  address: S3Address,
  options: S3ClientOptions & { readDeadline?: number },
): Promise<BucketReader> {
  const { timeouts = S3_TIMEOUTS, readDeadline = READ_DEADLINE_MS } = options;
  const client = await openBucket(address, { ...options, namedBy: "its address" });
  const { bucket } = address;

  return {
    async *list(prefix) {
      let token: string | undefined;
      do {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ContinuationToken: token,
        });
        const page = await withDeadline(timeouts.call, (abortSignal) =>
          client.send(command, { abortSignal }),
        );
        for (const { Key: name = "", Size: size = 0 } of page.Contents ?? []) yield { name, size };
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },

    async read(name) {
      const get = new GetObjectCommand({ Bucket: bucket, Key: name });
      try {
        return await withDeadline(readDeadline, async (abortSignal) => {
          const { Body } = await client.send(get, { abortSignal });
          return Buffer.from(await required(Body, "body").transformToByteArray());
        });
      } catch (error) {
        const reason = unreadableReason(error);
        if (reason === undefined) throw error;
        return reason;
      }
    },

    close() {
      client.destroy();
    },
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html for InvalidObjectState */
function unreadableReason(error: unknown): Unreadable | undefined {
  if (isAbsent(error)) return "absent";
  if (error instanceof Error && error.name === "InvalidObjectState") return "archived";
  return isDenied(error) || isUnexplained(error) ? "denied" : undefined;
}
