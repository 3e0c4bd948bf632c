import { randomBytes } from "node:crypto";
import { access } from "node:fs/promises";
import { INTERRUPTED } from "../abort-on-signal.ts";
import type { Out } from "../progress-bar.ts";
import { StartError } from "../../platform/start-error.ts";
import { imagesIn, type StoreAddress } from "../../object-store/store-address.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import type { ExportCommand } from "./arguments.ts";
import { exportLabels } from "./export-labels.ts";
import { isOnS3 } from "../../export/formats/images-at.ts";
import { peopleKey } from "./people-key.ts";

interface Options {
  /** The store that the settings name. */
  address: StoreAddress;
  /** Opens the store. Called only when the output folder can be created. */
  open: () => Promise<ObjectStore>;
  /** The standard output. */
  show: Out;
  /** The standard error. */
  warn: { write(text: string): unknown };
  /** Stops the export when aborted; leaves no files. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Exports the labels of a store, as the arguments say.
 * @returns the exit code
 * @throws StartError when there is nothing to export, or the store, the folder or the key cannot be used; Error of the store
 */
export async function runExport(
  wanted: ExportCommand,
  { address, show, warn, signal, now, ...options }: Options,
): Promise<number> {
  const imagesAt = wanted.imagesAt ?? imagesIn(address);
  if (wanted.format === "ground-truth" && !isOnS3(imagesAt))
    throw new StartError(
      "Ground Truth reads images from S3 alone, and the store is a folder: copy its images to S3 and say where, with --images-at s3://BUCKET/FOLDER.",
    );

  await using opened = new AsyncDisposableStack();
  // A request under way is still awaited.
  signal.addEventListener("abort", () => warn.write("Breaking off…\n"));
  const open = async (): Promise<ObjectStore> => {
    await checkThere(address);
    const store = await options.open();
    opened.defer(() => store.close());
    return store;
  };
  const { people } = wanted;
  const makeKey = async () => (people === undefined ? randomBytes(32) : peopleKey(people));
  try {
    await exportLabels({ ...wanted, peopleKey: makeKey, imagesAt, open, show, signal, now });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    warn.write("Broken off: nothing was written.\n");
    return INTERRUPTED;
  }
}

/** A folder that is not there would look like a store in which nothing is yet. */
async function checkThere(address: StoreAddress): Promise<void> {
  if (address.engine === "s3") return;
  await access(address.folder).catch((error: Error) => {
    throw new StartError(`The folder of STORE_URL cannot be read: ${error.message}`, { cause: error });
  });
}
