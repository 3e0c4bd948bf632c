import { access } from "node:fs/promises";
import type { StoreAddress } from "../object-store/store-address.ts";
import { describeError } from "../platform/describe-error.ts";
import { StartError } from "../platform/start-error.ts";

/**
 * Checks that the folder of a store exists. Otherwise it would look like an empty store.
 * @throws StartError if it cannot be read
 */
export async function checkStoreFolder(address: StoreAddress): Promise<void> {
  if (address.engine === "s3") return;
  await access(address.folder).catch((error: unknown) => {
    throw new StartError(`The folder of STORE_URL cannot be read: ${describeError(error)}`, { cause: error });
  });
}
