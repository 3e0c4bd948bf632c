import { MAX_ATTACHMENT_BYTES, MAX_FILES } from "../messages/file-limits.ts";

/** Something a person asked for and cannot have; the message says why, for them to read. */
export class NotAllowedError extends Error {
  override name = "NotAllowedError";
}

/** What a person may send at once. Throws NotAllowedError. */
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
