import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { MAX_UPLOAD } from "../domain/image.ts";
import { StartError } from "../start-error.ts";
import { isInSet, ownPlace } from "../store/own-keys.ts";
import { passedOver } from "./passed-over.ts";
import type { Found, Source } from "./source.ts";

/** A client that may list what lies in this bucket below this prefix. @throws StartError */
export type OpenBucket = (address: { bucket: string; prefix: string }) => Promise<S3Client>;

interface Options {
  openBucket: OpenBucket;
  /** What the store's key for a full address is; "" outside the store. */
  keyOf: (name: string) => string;
}

/**
 * The objects that these addresses name, each once: `s3://BUCKET/PREFIX` stands for all whose key begins so.
 * @throws StartError when a bucket cannot be listed, or has no such object
 */
export async function findObjects(
  addresses: readonly string[],
  { openBucket, keyOf }: Options,
): Promise<Found> {
  const found = new Map<string, Source>();
  const skipped = passedOver();
  for (const address of addresses) {
    const { bucket, prefix } = partsOf(address);
    const client = await openBucket({
      bucket,
      prefix: prefix.slice(0, Math.max(prefix.lastIndexOf("/"), 0)),
    });
    let seen = false;
    for await (const { key, size } of objectsBelow(client, bucket, prefix)) {
      seen = true;
      const name = `s3://${bucket}/${key}`;
      const inStore = keyOf(name);
      const place = ownPlace(inStore);
      if (isInSet(inStore)) skipped.addInSet(name.slice(0, name.lastIndexOf("/") + 1));
      else if (place !== undefined) skipped.add(name.slice(0, -inStore.length) + place, "the store's own");
      // Markers of folders.
      else if (!name.endsWith("/")) found.set(name, objectSource(client, { bucket, key, name, size }));
    }
    if (!seen) throw cannotRead(address, "there is no object whose key begins so");
  }
  return { sources: [...found.values()], skipped: skipped.list() };
}

function partsOf(address: string): { bucket: string; prefix: string } {
  const { bucket, prefix = "" } =
    /^s3:\/\/(?<bucket>[a-z0-9.-]{3,63})(\/(?<prefix>.*))?$/s.exec(address)?.groups ?? {};
  if (bucket === undefined) throw cannotRead(address, "S3 is addressed as s3://BUCKET/PREFIX");
  return { bucket, prefix };
}

async function* objectsBelow(
  client: S3Client,
  bucket: string,
  prefix: string,
): AsyncGenerator<{ key: string; size: number }> {
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
    for (const { Key: key = "", Size: size = 0 } of page.Contents ?? []) yield { key, size };
}

interface FoundObject {
  bucket: string;
  key: string;
  name: string;
  /** Bytes. */
  size: number;
}

function objectSource(client: S3Client, { bucket, key, name, size }: FoundObject): Source {
  return {
    name,
    async read() {
      if (size > MAX_UPLOAD) throw new Error("larger than 10 MiB");
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await body?.transformToByteArray()) ?? []);
    },
  };
}

function cannotRead(address: string, reason: string): StartError {
  return new StartError(`Nothing was added, for these cannot be read:\n  ${address}: ${reason}`);
}
