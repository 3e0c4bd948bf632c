import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { StoreAddress } from "../../object-store/store-address.ts";
import { findFiles } from "./find-files.ts";
import { findObjects, type OpenBucket } from "./find-objects.ts";
import type { Found } from "./source.ts";

/** Schemes are the same in capitals. */
const S3_SCHEME = /^s3:/i;

interface Options {
  /** The store that the images go to. */
  store: StoreAddress;
  openBucket: OpenBucket;
}

/**
 * What these paths and addresses `s3://BUCKET/PREFIX` name, each once.
 * @throws StartError when one of them cannot be read
 */
export async function findSources(names: readonly string[], { store, openBucket }: Options): Promise<Found> {
  const addresses = names.filter((name) => S3_SCHEME.test(name));
  const paths = names.filter((name) => !S3_SCHEME.test(name));
  const keyOf = await keysIn(store);
  const files = await findFiles(paths, keyOf);
  if (addresses.length === 0) return files;
  const objects = await findObjects(addresses, { openBucket, keyOf });
  return {
    sources: [...files.sources, ...objects.sources],
    skipped: [...files.skipped, ...objects.skipped],
  };
}

/** Tells the store's key for a real path or a full address: what the store itself keeps is not brought in. */
async function keysIn(store: StoreAddress): Promise<(name: string) => string> {
  const root = await rootOf(store);
  return (name) =>
    root !== undefined && name.startsWith(root) ? name.slice(root.length).split(sep).join("/") : "";
}

async function rootOf(store: StoreAddress): Promise<string | undefined> {
  if (store.engine === "s3") return `s3://${store.bucket}/${store.prefix === "" ? "" : `${store.prefix}/`}`;
  const folder = await realpath(store.folder).catch(() => undefined);
  return folder && join(folder, sep);
}
