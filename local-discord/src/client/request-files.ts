import type { Upload } from "../messages/upload.ts";
import { NotAllowedError } from "../users/not-allowed.ts";

/**
 * Finds the file that a request of the page names by its index: "0" for files[0].
 * @param namedBy what names it, for the error: "command" or "modal"
 * @throws NotAllowedError if the request lacks it
 */
export function fileAt(index: unknown, files: readonly Upload[], namedBy: string): Upload {
  const file = files.find((candidate) => candidate.index === index);
  if (!file) throw new NotAllowedError(`The request lacks a file that the ${namedBy} names.`);
  return file;
}
