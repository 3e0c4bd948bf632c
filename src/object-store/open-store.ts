import { join } from "node:path";
import { StartError } from "../platform/start-error.ts";
import type { StoreAddress } from "./store-address.ts";
import { diskStore } from "./disk.ts";
import { lockFolder } from "./folder-lock.ts";
import { localSecret } from "./local-secret.ts";
import type { ObjectStore } from "./object-store.ts";

interface StoreSettings {
  STORE_URL: StoreAddress;
  S3_FORCE_PATH_STYLE: boolean;
}

/**
 * Opens the store that STORE_URL names.
 * @param options.exclusive locks a folder, which only one worker may use, until the store is closed
 * @param options.access what to check. Default: "write"
 * @throws StartError if the store cannot be used, or another worker uses it
 */
export async function openStore(
  { STORE_URL: address, S3_FORCE_PATH_STYLE: forcePathStyle }: StoreSettings,
  { exclusive, access = "write" }: { exclusive: boolean; access?: "read" | "write" },
): Promise<ObjectStore> {
  if (address.engine === "s3") {
    // Imported on demand: loading the SDK takes half a second.
    const { s3Store } = await import("./s3/s3-store.ts");
    return s3Store(address, { forcePathStyle, access });
  }
  const store = await openFolder(address.folder, access);
  if (!exclusive) return store;
  const unlock = lockFolder(address.folder);
  return { ...store, close: () => store.close().finally(unlock) };
}

function openFolder(folder: string, access: "read" | "write"): Promise<ObjectStore> {
  return diskStore(folder, { access }).catch((error: Error) => {
    throw new StartError(`The folder of STORE_URL cannot be used: ${error.message}`, { cause: error });
  });
}

/** The file lies in the store's folder, because the pseudonyms in the store depend on it. */
const SECRET_FILE = ".labeler-secret";

/**
 * Returns the secret of the pseudonyms: LABELER_SECRET, or the one in the store's folder.
 * @throws StartError if there is neither
 */
export async function openLabelerSecret({
  LABELER_SECRET: secret,
  STORE_URL: address,
}: {
  LABELER_SECRET?: string | undefined;
  STORE_URL: StoreAddress;
}): Promise<string> {
  if (secret !== undefined) return secret;
  if (address.engine === "disk") return localSecret(join(address.folder, SECRET_FILE));
  throw new StartError("LABELER_SECRET is required with a store on S3.");
}
