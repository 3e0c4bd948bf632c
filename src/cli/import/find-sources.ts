import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { MAX_UPLOAD_BYTES } from "../../labeling/images.ts";
import type { BucketReader, Unreadable } from "../../object-store/s3/s3-bucket-reader.ts";
import { BUCKET_NAMES, isBucketName, type StoreAddress } from "../../object-store/store-address.ts";
import { StartError } from "../../platform/start-error.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { findFiles } from "./find-files.ts";
import { skippedList, UnreadableError, type FoundSources, type Source } from "./source.ts";

/** The scheme may be in capital letters. */
const S3_SCHEME = /^s3:/i;

interface SourceOptions {
  /** The store that the images go to. */
  store: StoreAddress;
  openBucket: OpenBucket;
}

/**
 * Finds the images that these paths and addresses `s3://BUCKET/PREFIX` name, each once.
 * @throws StartError when one of them cannot be read
 */
export async function findSources(
  names: readonly string[],
  { store, openBucket }: SourceOptions,
): Promise<FoundSources> {
  const addresses = names.filter((name) => S3_SCHEME.test(name));
  const paths = names.filter((name) => !S3_SCHEME.test(name));
  const keyOf = await storeKeys(store);
  const files = await findFiles(paths, keyOf);
  if (addresses.length === 0) return files;
  const objects = await findObjects(addresses, { openBucket, keyOf });
  return {
    sources: [...files.sources, ...objects.sources],
    skipped: [...files.skipped, ...objects.skipped],
  };
}

/** Finds the store's key for a real path or a full address, "" outside the store: the store's own files are not imported. */
async function storeKeys(store: StoreAddress): Promise<(name: string) => string> {
  const root = await rootOf(store);
  return (name) =>
    root !== undefined && name.startsWith(root) ? name.slice(root.length).split(sep).join("/") : "";
}

async function rootOf(store: StoreAddress): Promise<string | undefined> {
  if (store.engine === "s3") return `s3://${store.bucket}/${store.prefix === "" ? "" : `${store.prefix}/`}`;
  const folder = await realpath(store.folder).catch(() => undefined);
  return folder && join(folder, sep);
}

/** Opens a bucket for listing below a prefix. @throws StartError */
export type OpenBucket = (address: { bucket: string; prefix: string }) => Promise<BucketReader>;

interface ObjectOptions {
  openBucket: OpenBucket;
  /** Finds the store's key for a full address; "" outside the store. */
  keyOf: (name: string) => string;
}

/**
 * Finds the objects that these addresses name, each once: `s3://BUCKET/PREFIX` names all objects whose key begins with PREFIX.
 * @throws StartError when a bucket cannot be listed, or has no such object
 */
export async function findObjects(
  addresses: readonly string[],
  { openBucket, keyOf }: ObjectOptions,
): Promise<FoundSources> {
  const found = new Map<string, Source>();
  const skipped = skippedList();
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
      else if (place !== undefined)
        skipped.add(name.slice(0, -inStore.length) + place, "belongs to the store");
      // A key that ends in a slash marks a folder.
      else if (!name.endsWith("/")) found.set(name, objectSource(objects, { key, name, size }));
    }
    if (!seen) throw cannotRead(address, "there is no object whose key begins with it");
  }
  return { sources: [...found.values()], skipped: skipped.list() };
}

function partsOf(address: string): { bucket: string; prefix: string } {
  const { bucket, prefix = "" } = /^s3:\/\/(?<bucket>[^/]+)(\/(?<prefix>.*))?$/is.exec(address)?.groups ?? {};
  if (bucket === undefined) throw cannotRead(address, "addresses on S3 are s3://BUCKET/PREFIX");
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

const UNREADABLE_REASONS: Record<Unreadable, string> = {
  absent: "no longer exists",
  archived: "archived; restore it first",
  denied: "may not be read",
};

function objectSource(objects: BucketReader, { key, name, size }: FoundObject): Source {
  return {
    name,
    async read() {
      if (size > MAX_UPLOAD_BYTES) throw new UnreadableError("larger than 10 MiB");
      const body = await objects.read(key);
      if (typeof body === "string") throw new UnreadableError(UNREADABLE_REASONS[body]);
      return body;
    },
  };
}

function cannotRead(address: string, reason: string): StartError {
  return new StartError(`Nothing was added, because these cannot be read:\n  ${address}: ${reason}`);
}
