import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { StoreAddress } from "../store-address.ts";
import { findFiles } from "./find-files.ts";
import { findObjects, type OpenBucket } from "./find-objects.ts";
import type { Found } from "./source.ts";

/** What the store keeps below these is not brought in once more, under other names. */
const FOLDERS = ["images", "labels", "uploads", "logs"];

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
  const addresses = names.filter((name) => name.startsWith("s3:"));
  const paths = names.filter((name) => !name.startsWith("s3:"));
  const own = await ownFolders(store);
  const ownFolder = (name: string): string | undefined =>
    own.find((folder) => name.startsWith(folder) || folder.slice(0, -1) === name);
  const files = await findFiles(paths, ownFolder);
  if (addresses.length === 0) return files;
  const objects = await findObjects(addresses, { openBucket, ownFolder });
  return {
    sources: [...files.sources, ...objects.sources],
    skipped: [...files.skipped, ...objects.skipped],
  };
}

/** As real paths or full addresses, with the separator at the end. */
async function ownFolders(store: StoreAddress): Promise<string[]> {
  if (store.engine === "s3") {
    const base = `s3://${store.bucket}/${store.prefix === "" ? "" : `${store.prefix}/`}`;
    return FOLDERS.map((folder) => `${base}${folder}/`);
  }
  const folder = await realpath(store.folder).catch(() => undefined);
  return folder === undefined ? [] : FOLDERS.map((name) => join(folder, name, sep));
}
