import { constants, open } from "node:fs/promises";
import { MAX_UPLOAD } from "../../labeling/image.ts";
import { UnreadableError } from "./source.ts";
import { describeFileError } from "../../platform/describe-error.ts";

/** A link may have come into its place since it was found; Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * The file, or, of one that is too large anyway, its beginning.
 * @param path of the file itself, not of a link to it
 * @throws UnreadableError
 */
export async function readFile(path: string): Promise<Buffer> {
  try {
    return await readUpTo(path, MAX_UPLOAD + 1);
  } catch (error) {
    throw new UnreadableError(describeFileError(error), { cause: error });
  }
}

async function readUpTo(path: string, most: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | NO_LINK);
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
