import { requestTooLarge, tooManyAttachments } from "../errors.ts";

/** Size limit of one file, which is Discord's for a server without boosts. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;
/** Limit of files in one message: https://discord.com/developers/docs/reference#uploading-files */
export const MAX_FILES = 10;
/** Limit of the total size of the files in one request. */
const MAX_REQUEST_BYTES = 25 * 1024 * 1024;

/**
 * Checks the number and the sizes of new files.
 * @param keeps number of files that the message keeps when it is edited
 * @throws DiscordError 30015 or 40005
 */
export function assertFilesAllowed(files: readonly { bytes: Uint8Array }[], keeps = 0): void {
  if (files.length + keeps > MAX_FILES) throw tooManyAttachments();
  const sizes = files.map(({ bytes }) => bytes.length);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (whole > MAX_REQUEST_BYTES || sizes.some((size) => size > MAX_ATTACHMENT_BYTES)) throw requestTooLarge();
}
