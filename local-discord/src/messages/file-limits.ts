import { requestTooLarge, tooManyAttachments } from "../errors.ts";

/** Discord's default for a server without boosts, in bytes. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;
/** Of one message: https://discord.com/developers/docs/reference#uploading-files */
export const MAX_FILES = 10;
/** In bytes, of all files that come with one request. */
const MAX_REQUEST_BYTES = 25 * 1024 * 1024;

/** What a message may have, with the files that it `keeps` at an edit. Throws 30015 or 40005. */
export function assertFilesAllowed(files: readonly { bytes: Uint8Array }[], keeps = 0): void {
  if (files.length + keeps > MAX_FILES) throw tooManyAttachments();
  const sizes = files.map(({ bytes }) => bytes.length);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (whole > MAX_REQUEST_BYTES || sizes.some((size) => size > MAX_ATTACHMENT_BYTES)) throw requestTooLarge();
}
