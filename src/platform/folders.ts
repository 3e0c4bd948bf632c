import { mkdir, open, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { errorCode } from "./describe-error.ts";

/**
 * Makes a folder and its missing parents. Node's own `recursive: true` never returns where a folder cannot hold others and the
 * system says ENOENT, as below /proc.
 * @param mode of the folders that are made
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
    // For a folder that exists, systems answer EEXIST, EROFS, EISDIR …
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
  const folder = await open(path, "r").catch(ignoring("EACCES"));
  if (folder === undefined) return;
  try {
    await folder.sync().catch(ignoring("EROFS"));
  } finally {
    await folder.close();
  }
}

function ignoring(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
    return undefined;
  };
}
