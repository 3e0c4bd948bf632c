import { setTimeout as wait } from "node:timers/promises";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { StartError } from "../../platform/start-error.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { WRITE_TEST } from "../object-store.ts";
import { rootOf, startError, type S3Address } from "./s3-access.ts";
import { S3_TIMEOUTS, type S3ClientOptions } from "./s3-client.ts";
import { absentAsUndefined, given, isAbsent, statusOf } from "./s3-error.ts";

const WRITE_TEST_BODY =
  "A worker that starts tries here whether this server honours the conditions of writes. May be deleted.\n";
/** No object has this ETag. */
const NO_ETAG = `"${"0".repeat(32)}"`;
const IF_ABSENT = { IfNoneMatch: "*" } as const;

/** How often in a row the server may refuse a condition that holds, since a lost race can look the same. */
const MAX_REFUSALS = 5;
/** Before the second try, at most; twice as long before each further one. */
const FIRST_PAUSE_MS = 100;

const ADVICE =
  "Use one that honours If-Match, with the ETag in quotes as it has given it, and If-None-Match: AWS S3, MinIO, " +
  "SeaweedFS from 4.29 on, …";

type WriteCondition = { IfMatch: string } | { IfNoneMatch: "*" };

interface CheckOptions extends S3ClientOptions {
  /** From 0 up to, not including, 1. */
  random: () => number;
}

/** What is tried, all on one object. */
interface Trial {
  /** Whether a write on this condition is refused. @throws StartError when it fails otherwise */
  isRefused(condition: WriteCondition): Promise<boolean>;
  /** undefined while the object is not there. @throws StartError */
  currentEtag(): Promise<string | undefined>;
}

/**
 * Checks that objects may be written, that both conditions of writes are honoured where they do not hold, and that they
 * are accepted where they hold. One small object is made and stays; any number of processes may do this at once.
 * @throws StartError
 */
export async function checkWrites(
  client: S3Client,
  address: S3Address,
  { random, ...options }: CheckOptions,
): Promise<void> {
  const trial = openTrial(client, address, options);
  // The first time it makes the object, and then it must be refused.
  if (!(await trial.isRefused(IF_ABSENT)) && !(await trial.isRefused(IF_ABSENT)))
    throw ignorant(address, "If-None-Match");
  if (!(await trial.isRefused({ IfMatch: NO_ETAG }))) throw ignorant(address, "If-Match");
  if (!(await acceptsMatch(trial, random))) throw unwilling(address);
}

async function acceptsMatch(trial: Trial, random: () => number): Promise<boolean> {
  let refused: string | undefined;
  for (let refusals = 0; refusals < MAX_REFUSALS;) {
    if (refusals > 0) await wait(FIRST_PAUSE_MS * 2 ** (refusals - 1) * random());
    const etag = await trial.currentEtag();
    // Where it has changed, another process that starts was faster: that says nothing against the server.
    refusals = etag === refused ? refusals + 1 : 1;
    refused = etag;
    const isTaken = !(await trial.isRefused(etag === undefined ? IF_ABSENT : { IfMatch: etag }));
    if (isTaken && etag !== undefined) return true;
  }
  return false;
}

function openTrial(client: S3Client, address: S3Address, { timeouts = S3_TIMEOUTS }: S3ClientOptions): Trial {
  const object = { Bucket: address.bucket, Key: rootOf(address) + WRITE_TEST };

  async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withDeadline(timeouts.call, work);
    } catch (error) {
      if (isRefusal(error)) throw error;
      throw await startError(error, client, address, { access: "write" });
    }
  }

  return {
    async isRefused(condition) {
      const write = new PutObjectCommand({ ...object, Body: WRITE_TEST_BODY, ...condition });
      try {
        await inTime((abortSignal) => client.send(write, { abortSignal }));
        return false;
      } catch (error) {
        if (isRefusal(error)) return true;
        throw error;
      }
    },

    async currentEtag() {
      return inTime(async (abortSignal) => {
        const asked = client.send(new GetObjectCommand(object), { abortSignal });
        const answer = await absentAsUndefined(asked, isAbsent);
        await answer?.Body?.transformToByteArray();
        return answer && given(answer.ETag, "ETag");
      });
    },
  };
}

function isRefusal(error: unknown): boolean {
  return [409, 412].includes(statusOf(error)) || isAbsent(error);
}

function ignorant({ bucket }: S3Address, header: string): StartError {
  return new StartError(
    `The server of the bucket ${bucket} ignores a condition of writes (${header}), so two writers would overwrite ` +
      `each other's labels. ${ADVICE}`,
  );
}

function unwilling({ bucket }: S3Address): StartError {
  return new StartError(
    `The server of the bucket ${bucket} refuses a write whose condition holds (If-Match with the ETag that it has just ` +
      "given), so nothing could be added to a label file. Ceph's S3 gateway is known for it (seen with version 16; " +
      `reported of DigitalOcean Spaces). ${ADVICE}`,
  );
}
