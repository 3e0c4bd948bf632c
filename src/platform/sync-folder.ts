import { open } from "node:fs/promises";
import { sep } from "node:path";
import { errorCode } from "./describe-error.ts";

/**
 * Makes a rename or link in this folder durable. Windows cannot do that, nor can a user to a folder that only others may read. In
 * a file system that is read-only, such as that of / on macOS, nothing has changed.
 */
export async function syncFolder(path: string): Promise<void> {
  if (sep === "\\") return;
  const folder = await open(path, "r").catch(unless("EACCES"));
  if (folder === undefined) return;
  try {
    await folder.sync().catch(unless("EROFS"));
  } finally {
    await folder.close();
  }
}

function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
    return undefined;
  };
}
