import { open } from "node:fs/promises";
import { sep } from "node:path";

/** Makes a rename or link in this folder durable. Windows knows no such thing, nor can it be done to a stranger's folder. */
export async function syncFolder(path: string): Promise<void> {
  if (sep === "\\") return;
  const folder = await open(path, "r").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EACCES") return undefined;
    throw error;
  });
  if (folder === undefined) return;
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
