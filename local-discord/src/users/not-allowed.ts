import { MAX_ATTACHMENT_BYTES, MAX_FILES } from "../messages/file-limits.ts";

/** A person tried something that Discord's client or permissions do not allow. The message explains it to that person. */
export class NotAllowedError extends Error {
  override name = "NotAllowedError";
}

/**
 * Checks the number and the sizes of the files that a person sends.
 * @throws NotAllowedError
 */
export function assertCanSendFiles(files: readonly { name: string; bytes: Uint8Array }[]): void {
  if (files.length > MAX_FILES) {
    throw new NotAllowedError(
      `At most ${MAX_FILES} files can be sent at once, and these are ${files.length}.`,
    );
  }
  const tooLarge = files.find(({ bytes }) => bytes.length > MAX_ATTACHMENT_BYTES);
  if (tooLarge)
    throw new NotAllowedError(`The file "${tooLarge.name}" is too large: the limit is 10 MB a file.`);
}
