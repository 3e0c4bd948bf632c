import { setTimeout as wait } from "node:timers/promises";
import { ConditionFailedError, type Condition, type StoredObject } from "../object-store.ts";
import { attemptsOf, isAbsent, statusOf } from "./s3-error.ts";

/** How often a write is tried again that collided with another (409), and the pauses before, in milliseconds at most. */
const COLLISIONS = 4;
const COLLISION_PAUSE = 100;

interface ConditionalWrite {
  key: string;
  body: Buffer;
  condition: Condition;
  /** One conditional PUT, which the client may send several times. Resolves with the new ETag. */
  write: () => Promise<string>;
  read: () => Promise<StoredObject | undefined>;
  /** From 0 up to, not including, 1. */
  random: () => number;
  signal: AbortSignal;
}

/**
 * Resolves with the new ETag. A failure does not always mean that nothing was written: an attempt may have been applied
 * and its answer lost, so that the client's next attempt was refused (412); and Ceph 16 tells the loser of a race 500.
 * Then the object itself is asked.
 * @throws ConditionFailedError when the condition does not hold. After any other error the object may have been written.
 */
export async function writeIf({ signal, random, ...write }: ConditionalWrite): Promise<string> {
  let doubtful = false;
  for (let left = COLLISIONS; ; left -= 1) {
    try {
      return await write.write();
    } catch (error) {
      doubtful ||= statusOf(error) >= 500 || attemptsOf(error) > 1;
      const etag = doubtful && mayBeRefusal(error) ? await appliedEtag(write, error) : undefined;
      if (etag !== undefined) return etag;
      if (!doubtful && isRefusal(error, write.condition)) throw new ConditionFailedError(write.key);
      if (statusOf(error) !== 409 || left === 0) throw error;
    }
    await wait(COLLISION_PAUSE * random(), undefined, { signal });
  }
}

/**
 * The ETag of the object if it is as this write would make it; undefined while the write could still be applied.
 * @throws ConditionFailedError
 */
async function appliedEtag(
  { key, body, condition, read }: Pick<ConditionalWrite, "key" | "body" | "condition" | "read">,
  error: unknown,
): Promise<string | undefined> {
  const found = await read();
  if (found?.body.equals(body)) return found.etag;
  // Once the condition does not hold, no attempt that is still under way can be applied either.
  if (statusOf(error) === 412 || !holds(condition, found)) throw new ConditionFailedError(key);
  return undefined;
}

function holds(condition: Condition, found: StoredObject | undefined): boolean {
  return "ifMatch" in condition ? found?.etag === condition.ifMatch : found === undefined;
}

/** Whether an answer may mean that the condition did not hold; all others have another reason. */
function mayBeRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || status === 409 || status >= 500 || isAbsent(error);
}

/**
 * Whether the answer to a first attempt says that the condition did not hold. With If-None-Match a 409 may also come of
 * a deletion under way: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
function isRefusal(error: unknown, condition: Condition): boolean {
  const status = statusOf(error);
  return status === 412 || ("ifMatch" in condition && (status === 409 || isAbsent(error)));
}
