import { mkdir, open, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { errorCode } from "./describe-error.ts";

/**
 * Creates a folder and its missing parents. Node's `recursive: true` never returns where creating a folder always fails with ENOENT,
 * as in /proc.
 * @param mode permissions of the new folders
 * @throws Error of the file system
 */
export async function ensureFolder(path: string, mode?: number): Promise<void> {
  try {
    await makeFolder(path, mode);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await ensureFolder(dirname(path), mode);
    await makeFolder(path, mode);
  }
}

async function makeFolder(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    // The error for an existing folder differs: EEXIST, EROFS, EISDIR …
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) throw error;
  }
}

/**
 * Makes a rename or link in this folder durable. Does nothing on Windows, which has no such call, in a folder that this user may
 * not read, and on a read-only file system.
 * @throws Error of the file system
 */
export async function syncFolder(path: string): Promise<void> {
  if (sep === "\\") return;
  await using folder = await open(path, "r").catch(ignoring("EACCES"));
  await folder?.sync().catch(ignoring("EROFS"));
}

function ignoring(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
  };
}
