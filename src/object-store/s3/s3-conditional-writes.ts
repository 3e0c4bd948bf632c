import { setTimeout as wait } from "node:timers/promises";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { withDeadline } from "../../platform/deadline.ts";
import { StartError } from "../../platform/start-error.ts";
import { ConditionFailedError, WRITE_TEST_KEY, type Condition, type StoredObject } from "../object-store.ts";
import { rootOf, S3_TIMEOUTS, type S3Address, type S3ClientOptions } from "./s3-client.ts";
import { absentAsUndefined, attemptsOf, isAbsent, required, startError, statusOf } from "./s3-error.ts";

/** Retries of a write that collided with another one (409). */
const MAX_COLLISIONS = 4;
const MAX_COLLISION_PAUSE_MS = 100;

interface ConditionalWrite {
  key: string;
  body: Buffer;
  condition: Condition;
  /** Sends one conditional PUT, which the client may repeat. Resolves with the new ETag. */
  write: () => Promise<string>;
  read: () => Promise<StoredObject | undefined>;
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
  signal: AbortSignal;
}

/**
 * Resolves with the new ETag. An error does not always mean that nothing was written: an attempt may have been applied and its
 * response lost, so that the client's next attempt is refused (412), and Ceph 16 answers the loser of a race with 500. In these
 * cases the object is read to find out.
 * @throws ConditionFailedError if the condition does not hold. After any other error the object may have been written.
 */
export async function writeIf({ signal, random, ...write }: ConditionalWrite): Promise<string> {
  let doubtful = false;
  for (let left = MAX_COLLISIONS; ; left -= 1) {
    try {
      return await write.write();
    } catch (error) {
      doubtful ||= statusOf(error) >= 500 || attemptsOf(error) > 1;
      const etag = doubtful && mayBeRefusal(error) ? await appliedEtag(write, error) : undefined;
      if (etag !== undefined) return etag;
      if (!doubtful && isRefusal(error, write.condition)) throw new ConditionFailedError(write.key);
      if (statusOf(error) !== 409 || left === 0) throw error;
    }
    await wait(MAX_COLLISION_PAUSE_MS * random(), undefined, { signal });
  }
}

/**
 * The ETag of the object if its content is that of this write; undefined while the write could still be applied.
 * @throws ConditionFailedError
 */
async function appliedEtag(
  { key, body, condition, read }: Pick<ConditionalWrite, "key" | "body" | "condition" | "read">,
  error: unknown,
): Promise<string | undefined> {
  const found = await read();
  if (found?.body.equals(body)) return found.etag;
  const holds = "ifMatch" in condition ? found?.etag === condition.ifMatch : found === undefined;
  // Once the condition does not hold, an attempt that is still in flight cannot be applied either.
  if (statusOf(error) === 412 || !holds) throw new ConditionFailedError(key);
  return undefined;
}

/** Whether an error may mean that the condition did not hold. */
function mayBeRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || status === 409 || status >= 500 || isAbsent(error);
}

/**
 * Whether the response to a first attempt says that the condition did not hold. With If-None-Match, a 409 may also mean that
 * the object is being deleted.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
function isRefusal(error: unknown, condition: Condition): boolean {
  const status = statusOf(error);
  return status === 412 || ("ifMatch" in condition && (status === 409 || isAbsent(error)));
}

const WRITE_TEST_BODY =
  "Workers test here at their start whether this server honors the conditions of writes. May be deleted.\n";
/** No object has this ETag. */
const NO_ETAG = `"${"0".repeat(32)}"`;

/** How often in a row the server may refuse a condition that holds, because a lost race looks the same. */
const MAX_REFUSALS = 5;
/** Upper bound of the pause before the second attempt. It doubles before each further one. */
const FIRST_PAUSE_MS = 100;

const ADVICE =
  "Use a server that honors If-Match, with the ETag in quotes as the server returned it, and If-None-Match: AWS S3, MinIO, " +
  "SeaweedFS from 4.29 on, …";

/**
 * Checks that objects can be written, that conditions are honored if they do not hold, and accepted if they hold. Leaves one
 * small object. Any number of processes may run this check at once.
 * @throws StartError
 */
export async function checkWrites(
  client: S3Client,
  address: S3Address,
  { random, timeouts = S3_TIMEOUTS }: S3ClientOptions & { random: () => number },
): Promise<void> {
  const object = { Bucket: address.bucket, Key: rootOf(address) + WRITE_TEST_KEY };

  async function explained<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withDeadline(timeouts.call, work);
    } catch (error) {
      if (isTestRefusal(error)) throw error;
      throw await startError(error, client, address, { access: "write" });
    }
  }

  async function isRefused(condition: { IfMatch: string } | { IfNoneMatch: string }): Promise<boolean> {
    const write = new PutObjectCommand({ ...object, Body: WRITE_TEST_BODY, ...condition });
    try {
      await explained((abortSignal) => client.send(write, { abortSignal }));
      return false;
    } catch (error) {
      if (isTestRefusal(error)) return true;
      throw error;
    }
  }

  async function currentEtag(): Promise<string | undefined> {
    return explained(async (abortSignal) => {
      const get = client.send(new GetObjectCommand(object), { abortSignal });
      const answer = await absentAsUndefined(get, isAbsent);
      await answer?.Body?.transformToByteArray();
      return answer && required(answer.ETag, "ETag");
    });
  }

  async function acceptsMatch(): Promise<boolean> {
    let refused: string | undefined;
    for (let refusals = 0; refusals < MAX_REFUSALS;) {
      if (refusals > 0) await wait(FIRST_PAUSE_MS * 2 ** (refusals - 1) * random());
      const etag = await currentEtag();
      // If the ETag has changed, another starting process was faster, which is not the server's fault.
      refusals = etag === refused ? refusals + 1 : 1;
      refused = etag;
      const isTaken = !(await isRefused(etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: etag }));
      if (isTaken && etag !== undefined) return true;
    }
    return false;
  }

  // The first write creates the object; then it must be refused.
  if (!(await isRefused({ IfNoneMatch: "*" })) && !(await isRefused({ IfNoneMatch: "*" })))
    throw ignoresCondition(address, "If-None-Match");
  if (!(await isRefused({ IfMatch: NO_ETAG }))) throw ignoresCondition(address, "If-Match");
  if (!(await acceptsMatch()))
    throw new StartError(
      `The server of the bucket ${address.bucket} refuses a write although its condition holds (If-Match with the ETag that it ` +
        "has just returned), so nothing could be added to a label file. Ceph's S3 gateway is known for this (seen with version " +
        `16; reported of DigitalOcean Spaces). ${ADVICE}`,
    );
}

function isTestRefusal(error: unknown): boolean {
  return [409, 412].includes(statusOf(error)) || isAbsent(error);
}

function ignoresCondition({ bucket }: S3Address, header: string): StartError {
  return new StartError(
    `The server of the bucket ${bucket} ignores a condition of writes (${header}), so two workers would overwrite ` +
      `each other's labels. ${ADVICE}`,
  );
}
