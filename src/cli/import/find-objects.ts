import { MAX_UPLOAD } from "../../labeling/image.ts";
import { StartError } from "../../platform/start-error.ts";
import { BUCKET_NAMES, isBucketName } from "../../object-store/store-address.ts";
import type { BucketReader, Unreadable } from "../../object-store/s3/s3-bucket-reader.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { passedOver } from "./skipped-files.ts";
import { UnreadableError, type Found, type Source } from "./source.ts";

/** What lies in this bucket and may be listed below this prefix. @throws StartError */
export type OpenBucket = (address: { bucket: string; prefix: string }) => Promise<BucketReader>;

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
    const objects = await openBucket({
      bucket,
      prefix: prefix.slice(0, Math.max(prefix.lastIndexOf("/"), 0)),
    });
    let seen = false;
    for await (const { name: key, size } of objects.list(prefix)) {
      seen = true;
      const name = `s3://${bucket}/${key}`;
      const inStore = keyOf(name);
      const place = reservedKey(inStore);
      if (isImageKey(inStore)) skipped.addInSet(name.slice(0, name.lastIndexOf("/") + 1));
      else if (place !== undefined) skipped.add(name.slice(0, -inStore.length) + place, "the store's own");
      // Markers of folders.
      else if (!name.endsWith("/")) found.set(name, objectSource(objects, { key, name, size }));
    }
    if (!seen) throw cannotRead(address, "there is no object whose key begins so");
  }
  return { sources: [...found.values()], skipped: skipped.list() };
}

function partsOf(address: string): { bucket: string; prefix: string } {
  const { bucket, prefix = "" } = /^s3:\/\/(?<bucket>[^/]+)(\/(?<prefix>.*))?$/is.exec(address)?.groups ?? {};
  if (bucket === undefined) throw cannotRead(address, "S3 is addressed as s3://BUCKET/PREFIX");
  if (!isBucketName(bucket)) throw cannotRead(address, BUCKET_NAMES);
  return { bucket, prefix };
}

interface FoundObject {
  key: string;
  /** Its full address. */
  name: string;
  /** Bytes. */
  size: number;
}

const REASONS: Record<Unreadable, string> = {
  absent: "no longer there",
  archived: "archived; restore it first",
  denied: "may not be read",
};

function objectSource(objects: BucketReader, { key, name, size }: FoundObject): Source {
  return {
    name,
    async read() {
      if (size > MAX_UPLOAD) throw new UnreadableError("larger than 10 MiB");
      const body = await objects.read(key);
      if (typeof body === "string") throw new UnreadableError(REASONS[body]);
      return body;
    },
  };
}

function cannotRead(address: string, reason: string): StartError {
  return new StartError(`Nothing was added, for these cannot be read:\n  ${address}: ${reason}`);
}
