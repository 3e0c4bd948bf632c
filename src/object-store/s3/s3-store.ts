import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { withDeadline } from "../../platform/deadline.ts";
import {
  checkKey,
  checkPrefix,
  isKey,
  MAX_PAGE,
  WRITE_TEST_KEY,
  type HeadOptions,
  type ListedObject,
  type ObjectStore,
  type ReadOptions,
  type StoredObject,
} from "../object-store.ts";
import { openBucket, rootOf, S3_TIMEOUTS, type S3Address, type S3ClientOptions } from "./s3-client.ts";
import { checkWrites, writeIf } from "./s3-conditional-writes.ts";
import { absentAsUndefined, isAbsent, isUnexplained, required, startError, statusOf } from "./s3-error.ts";

interface S3StoreOptions extends S3ClientOptions {
  /** What to check when the store opens. Default: "write". */
  access?: "read" | "write";
  /** Returns a number from 0 up to, not including, 1. */
  random?: () => number;
}

/**
 * A store in a bucket on S3, or on a server that speaks S3 and honors conditional writes, for any number of processes.
 * @throws StartError if the bucket cannot be used
 */
export async function s3Store(address: S3Address, options: S3StoreOptions): Promise<ObjectStore> {
  const { access = "write", timeouts = S3_TIMEOUTS, random = Math.random } = options;
  const client = await openBucket(address, options);
  try {
    if (access === "write") await checkWrites(client, address, { ...options, random });
  } catch (error) {
    client.destroy();
    throw error;
  }

  const { bucket } = address;
  const root = rootOf(address);

  const objectOf = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: root + key });

  async function withKey<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    checkKey(key);
    return withDeadline(timeouts.call, work);
  }

  async function read(
    key: string,
    { unless }: ReadOptions,
    abortSignal: AbortSignal,
  ): Promise<StoredObject | undefined> {
    const command = new GetObjectCommand({ ...objectOf(key), IfNoneMatch: unless?.etag });
    try {
      const answer = await client.send(command, { abortSignal });
      const bytes = await required(answer.Body, "body").transformToByteArray();
      const etag = required(answer.ETag, "ETag");
      // Ceph 16 does not recognize an ETag in quotes.
      if (etag === unless?.etag) return unless;
      return {
        body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        etag,
        modified: required(answer.LastModified, "date"),
        note: answer.Metadata?.["note"],
      };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (statusOf(error) === 304) return unless;
      throw error;
    }
  }

  async function describe(
    key: string,
    { probablyAbsent = false }: HeadOptions,
    abortSignal: AbortSignal,
  ): Promise<ListedObject | undefined> {
    // Unlike a HEAD, a GET tells a missing object from a missing bucket. It costs the same.
    if (probablyAbsent && (await readByte(key, abortSignal).then(() => false, isAbsent))) return undefined;
    const head = client.send(new HeadObjectCommand(objectOf(key)), { abortSignal });
    const answer = await absentAsUndefined(head, (error) => statusOf(error) === 404).catch((error: unknown) =>
      throwExplained(error, key, abortSignal),
    );
    if (answer !== undefined)
      return { key, size: answer.ContentLength ?? 0, modified: required(answer.LastModified, "date") };
    // A HEAD does not tell a missing object from a missing bucket; a list does.
    const [first] = await list({ prefix: key, startAfter: "", limit: 1 }, abortSignal);
    return first?.key === key ? first : undefined;
  }

  /**
   * The response to a HEAD has no body and so no error code. Reading one byte of the object needs the same permission and
   * returns the code.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
   */
  async function throwExplained(error: unknown, key: string, abortSignal: AbortSignal): Promise<never> {
    if (!isUnexplained(error)) throw error;
    await readByte(key, abortSignal);
    throw error;
  }

  async function readByte(key: string, abortSignal: AbortSignal): Promise<void> {
    const byte = new GetObjectCommand({ ...objectOf(key), Range: "bytes=0-0" });
    const { Body } = await client.send(byte, { abortSignal });
    await Body?.transformToByteArray();
  }

  async function write(input: PutObjectCommandInput, abortSignal: AbortSignal): Promise<string> {
    const answer = await client.send(new PutObjectCommand(input), { abortSignal });
    return required(answer.ETag, "ETag");
  }

  /**
   * Skips objects whose name is not a key, such as the folder markers of consoles, and the object of the write check. They do
   * not count towards the limit, because a short page means the end of the list.
   */
  async function list(
    { prefix, startAfter, limit }: { prefix: string; startAfter: string; limit: number },
    abortSignal: AbortSignal,
  ): Promise<ListedObject[]> {
    const found: ListedObject[] = [];
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: root + prefix,
        StartAfter: startAfter === "" ? undefined : root + startAfter,
        MaxKeys: token === undefined ? limit : MAX_PAGE,
        ContinuationToken: token,
      });
      const { Contents = [], NextContinuationToken } = await client.send(command, { abortSignal });
      for (const { Key = "", Size = 0, LastModified } of Contents) {
        const key = Key.slice(root.length);
        if (isKey(key) && key !== WRITE_TEST_KEY)
          found.push({ key, size: Size, modified: required(LastModified, "date") });
      }
      token = NextContinuationToken;
    } while (token !== undefined && found.length < limit);
    return found.slice(0, limit);
  }

  return {
    get: (key, options = {}) => withKey(key, (signal) => read(key, options, signal)),
    head: (key, options = {}) => withKey(key, (signal) => describe(key, options, signal)),

    put(key, body, { condition, contentType, note } = {}) {
      const metadata = note === undefined ? undefined : { note };
      const input = { ...objectOf(key), Body: body, ContentType: contentType, Metadata: metadata };
      if (condition === undefined) return withKey(key, (signal) => write(input, signal));
      const headers = "ifMatch" in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: "*" };
      return withKey(key, (signal) =>
        writeIf({
          key,
          body,
          condition,
          write: () => write({ ...input, ...headers }, signal),
          read: () => read(key, {}, signal),
          random,
          signal,
        }),
      );
    },

    async list(prefix, { startAfter = "", limit = MAX_PAGE } = {}) {
      checkPrefix(prefix);
      return withDeadline(timeouts.call, (signal) => list({ prefix, startAfter, limit }, signal));
    },

    delete: (key) =>
      withKey(key, async (abortSignal) => {
        const command = new DeleteObjectCommand(objectOf(key));
        await absentAsUndefined(client.send(command, { abortSignal }), isAbsent);
      }),

    async check(signal) {
      try {
        // The cheapest request there is, for the object that checkWrites has left.
        await describe(WRITE_TEST_KEY, {}, signal);
      } catch (error) {
        throw await startError(error, client, address, { access: "write" });
      }
    },

    async close() {
      client.destroy();
    },
  };
}
