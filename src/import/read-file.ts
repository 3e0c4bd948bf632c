import { open } from "node:fs/promises";
import { MAX_UPLOAD } from "../domain/image.ts";
import { UnreadableError } from "./source.ts";

/**
 * The file, or, of one that is too large anyway, its beginning.
 * @throws UnreadableError
 */
export async function readFile(path: string): Promise<Buffer> {
  try {
    return await readUpTo(path, MAX_UPLOAD + 1);
  } catch (error) {
    throw new UnreadableError(reasonOf(error), { cause: error });
  }
}

async function readUpTo(path: string, most: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(Math.min((await file.stat()).size + 1, most));
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}

const REASONS: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  ELOOP: "a link that leads to itself",
  EACCES: "may not be read",
  EPERM: "may not be read",
};

/** Of an error of the file system. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? error.message;
}
