import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { withDeadline } from "../../platform/deadline.ts";
import {
  checkKey,
  checkPrefix,
  MAX_PAGE,
  type Condition,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
} from "../object-store.ts";
import { WRITE_TEST } from "../object-store.ts";
import { reachBucket, rootOf, startError, type S3Address } from "./s3-access.ts";
import { S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { absentAsUndefined, given, isAbsent, isUnexplained, statusOf } from "./s3-error.ts";
import { listObjects } from "./s3-list.ts";
import { checkWrites } from "./s3-write-check.ts";
import { writeIf } from "./s3-write-if.ts";

interface S3StoreOptions extends S3ClientOptions {
  /** What must be allowed for the store to open; "write" unless told. */
  access?: "read" | "write";
  /** From 0 up to, not including, 1. */
  random?: () => number;
}

/**
 * A store in a bucket of S3, or of a server that speaks S3 and honours conditional writes, for any number of processes.
 * @throws StartError when the bucket cannot be used
 */
export async function s3Store(address: S3Address, options: S3StoreOptions): Promise<ObjectStore> {
  const { access = "write", random = Math.random } = options;
  const client = await reachBucket(address, options);
  try {
    if (access === "write") await checkWrites(client, address, { ...options, random });
  } catch (error) {
    client.destroy();
    throw error;
  }
  return storeIn(client, address, options);
}

function storeIn(client: S3Client, address: S3Address, options: S3StoreOptions): ObjectStore {
  const { timeouts = S3_TIMEOUTS, random = Math.random } = options;
  const { bucket } = address;
  const root = rootOf(address);

  const place = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: root + key });
  const inTime = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withDeadline(timeouts.call, work);

  async function read(key: string, abortSignal: AbortSignal): Promise<StoredObject | undefined> {
    const asked = client.send(new GetObjectCommand(place(key)), { abortSignal });
    const answer = await absentAsUndefined(asked, isAbsent);
    if (answer === undefined) return undefined;
    const bytes = await given(answer.Body, "body").transformToByteArray();
    return {
      body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      etag: given(answer.ETag, "ETag"),
      modified: given(answer.LastModified, "date"),
    };
  }

  async function describe(key: string, abortSignal: AbortSignal): Promise<ListedObject | undefined> {
    const asked = client.send(new HeadObjectCommand(place(key)), { abortSignal });
    const answer = await absentAsUndefined(asked, (error) => statusOf(error) === 404).catch(
      (error: unknown) => throwExplained(error, key, abortSignal),
    );
    if (answer !== undefined)
      return { key, size: answer.ContentLength ?? 0, modified: given(answer.LastModified, "date") };
    // A HEAD does not tell whether the object is missing or the whole bucket; a list does.
    const page = { bucket, root, prefix: key, startAfter: "", limit: 1 };
    const [first] = await listObjects(client, page, abortSignal);
    return first?.key === key ? first : undefined;
  }

  /** The answer to a HEAD has no body and so no code: a GET of a byte of the object, which needs the same permission, tells. */
  async function throwExplained(error: unknown, key: string, abortSignal: AbortSignal): Promise<never> {
    if (!isUnexplained(error)) throw error;
    const byte = new GetObjectCommand({ ...place(key), Range: "bytes=0-0" });
    const { Body } = await client.send(byte, { abortSignal });
    await Body?.transformToByteArray();
    throw error;
  }

  async function write(input: PutObjectCommandInput, abortSignal: AbortSignal): Promise<string> {
    const answer = await client.send(new PutObjectCommand(input), { abortSignal });
    return given(answer.ETag, "ETag");
  }

  return {
    async get(key) {
      checkKey(key);
      return inTime((signal) => read(key, signal));
    },

    async head(key) {
      checkKey(key);
      return inTime((signal) => describe(key, signal));
    },

    async put(key, body, { condition, contentType } = {}) {
      checkKey(key);
      const input = { ...place(key), Body: body, ContentType: contentType };
      if (condition === undefined) return inTime((signal) => write(input, signal));
      const conditional = { ...input, ...inS3(condition) };
      return inTime((signal) =>
        writeIf({
          key,
          body,
          condition,
          write: () => write(conditional, signal),
          read: () => read(key, signal),
          random,
          signal,
        }),
      );
    },

    async list(prefix, { startAfter = "", limit = MAX_PAGE } = {}) {
      checkPrefix(prefix);
      return inTime((signal) => listObjects(client, { bucket, root, prefix, startAfter, limit }, signal));
    },

    async delete(key) {
      checkKey(key);
      await inTime((abortSignal) =>
        absentAsUndefined(client.send(new DeleteObjectCommand(place(key)), { abortSignal }), isAbsent),
      );
    },

    async check(signal) {
      try {
        // The cheapest of all requests, for an object that checkWrites has left.
        await describe(WRITE_TEST, signal);
      } catch (error) {
        throw await startError(error, client, address, { access: "write" });
      }
    },

    async close() {
      client.destroy();
    },
  };
}

function inS3(condition: Condition): { IfMatch: string } | { IfNoneMatch: string } {
  return "ifMatch" in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: condition.ifNoneMatch };
}
