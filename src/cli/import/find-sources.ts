import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { MAX_UPLOAD_BYTES } from "../../labeling/images.ts";
import type { BucketReader, Unreadable } from "../../object-store/s3/s3-bucket-reader.ts";
import { BUCKET_NAMES, isBucketName, type StoreAddress } from "../../object-store/store-address.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { findFiles } from "./find-files.ts";
import { cannotRead, countInSet, type FoundSources, type Source } from "./source.ts";

/** The scheme may be in capital letters. */
const S3_SCHEME = /^s3:/i;

const UNREADABLE_REASONS: Record<Unreadable, string> = {
  absent: "no longer exists",
  archived: "archived; restore it first",
  denied: "may not be read",
};

/** Opens a bucket for listing below a prefix. @throws StartError */
export type OpenBucket = (address: { bucket: string; prefix: string }) => Promise<BucketReader>;

/**
 * Finds the images that these paths and addresses `s3://BUCKET/PREFIX` name, each once.
 * @param options.store the store that the images go to, whose own files are skipped
 * @throws StartError when one of them cannot be read
 */
export async function findSources(
  names: readonly string[],
  { store, openBucket }: { store: StoreAddress; openBucket: OpenBucket },
): Promise<FoundSources> {
  const addresses = names.filter((name) => S3_SCHEME.test(name));
  const paths = names.filter((name) => !S3_SCHEME.test(name));
  const root = await rootOf(store);
  const keyOf = (name: string): string =>
    root !== undefined && name.startsWith(root) ? name.slice(root.length).split(sep).join("/") : "";
  const files = await findFiles(paths, keyOf);
  const objects = await findObjects(addresses, { openBucket, keyOf });
  return {
    sources: [...files.sources, ...objects.sources],
    skipped: new Map([...files.skipped, ...objects.skipped]),
  };
}

/** The beginning of the paths or addresses of the store's own files; undefined while its folder does not exist. */
async function rootOf(store: StoreAddress): Promise<string | undefined> {
  if (store.engine === "s3") return `s3://${store.bucket}/${store.prefix === "" ? "" : `${store.prefix}/`}`;
  const folder = await realpath(store.folder).catch(() => undefined);
  return folder && join(folder, sep);
}

/**
 * Finds the objects that these addresses name, each once: `s3://BUCKET/PREFIX` names all objects whose key begins with PREFIX.
 * @param options.keyOf finds the store's key for a full address, "" outside the store
 * @throws StartError when a bucket cannot be listed, or has no such object
 */
export async function findObjects(
  addresses: readonly string[],
  { openBucket, keyOf }: { openBucket: OpenBucket; keyOf: (address: string) => string },
): Promise<FoundSources> {
  const found = new Map<string, Source>();
  const skipped: FoundSources["skipped"] = new Map();
  for (const address of addresses) {
    const { bucket, prefix } = parseAddress(address);
    const folder = prefix.slice(0, Math.max(prefix.lastIndexOf("/"), 0));
    const objects = await openBucket({ bucket, prefix: folder });
    let isEmpty = true;
    for await (const { name: key, size } of objects.list(prefix)) {
      isEmpty = false;
      const name = `s3://${bucket}/${key}`;
      const inStore = keyOf(name);
      const reserved = reservedKey(inStore);
      if (isImageKey(inStore)) countInSet(skipped, name.slice(0, name.lastIndexOf("/") + 1));
      else if (reserved !== undefined)
        skipped.set(name.slice(0, -inStore.length) + reserved, "belongs to the store");
      // A key that ends in a slash marks a folder.
      else if (!name.endsWith("/")) found.set(name, { name, read: () => readObject(objects, key, size) });
    }
    if (isEmpty) throw cannotRead(`${address}: there is no object whose key begins with it`);
  }
  return { sources: [...found.values()], skipped };
}

function parseAddress(address: string): { bucket: string; prefix: string } {
  const { bucket, prefix = "" } = /^s3:\/\/(?<bucket>[^/]+)(\/(?<prefix>.*))?$/is.exec(address)?.groups ?? {};
  if (bucket === undefined) throw cannotRead(`${address}: addresses on S3 are s3://BUCKET/PREFIX`);
  if (!isBucketName(bucket)) throw cannotRead(`${address}: ${BUCKET_NAMES}`);
  return { bucket, prefix };
}

/** @param size bytes @returns the reason if it cannot be read */
async function readObject(objects: BucketReader, key: string, size: number): Promise<Buffer | string> {
  if (size > MAX_UPLOAD_BYTES) return "larger than 10 MiB";
  const body = await objects.read(key);
  return typeof body === "string" ? UNREADABLE_REASONS[body] : body;
}
