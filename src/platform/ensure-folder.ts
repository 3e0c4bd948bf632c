import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./describe-error.ts";

/**
 * Makes a folder and those above it, as far as they are missing. Node's own `recursive: true` never returns where a folder
 * cannot hold others and says so by ENOENT, as those in /proc do.
 * @param mode of the folders that are made
 * @throws Error of the file system
 */
export async function ensureFolder(path: string, mode?: number): Promise<void> {
  try {
    await make(path, mode);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await ensureFolder(dirname(path), mode);
    await make(path, mode);
  }
}

async function make(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    // Whatever the system says of one that is there: EEXIST, EROFS, EISDIR …
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) throw error;
  }
}
