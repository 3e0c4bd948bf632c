import { INTERRUPTED } from "../abort-on-signal.ts";
import type { CheckImage } from "../../images/check-image.ts";
import type { Out } from "../progress-bar.ts";
import type { StoreAddress } from "../../object-store/store-address.ts";
import { HOTDOG_PREFIX, projectData } from "../../project/project.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import type { ImportContext } from "./add-image.ts";
import type { ImportCommand } from "./arguments.ts";
import type { OpenBucket } from "./find-objects.ts";
import { findSources } from "./find-sources.ts";
import { importImages } from "./import-images.ts";

const REFUSED = 2;

interface Options {
  /** The store that the images go to. */
  address: StoreAddress;
  /** Opens the store. Called only when every named path was found. */
  open: () => Promise<ObjectStore>;
  /** Opens a bucket that was named. */
  openBucket: OpenBucket;
  checkImage: CheckImage;
  out: Out;
  /** No new image is started after it is aborted. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Imports what the arguments name into a store.
 * @returns the exit code
 * @throws StartError when what was named cannot be read, or the store cannot be used; Error of the store
 */
export async function runImport(
  { starter, removeStarter, paths }: ImportCommand,
  { address, checkImage, out, signal, now, ...options }: Options,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const open = async (): Promise<ImportContext> => {
    const store = await options.open();
    opened.defer(() => store.close());
    return { images: projectData(store, HOTDOG_PREFIX).images, checkImage };
  };
  const openBucket: OpenBucket = async (named) => {
    const objects = await options.openBucket(named);
    opened.defer(() => objects.close());
    return objects;
  };
  const find = () => findSources(paths, { store: address, openBucket });
  const refused = await importImages({ starter, removeStarter, find, open, out, signal, now });
  if (signal.aborted) return INTERRUPTED;
  return refused ? REFUSED : 0;
}
