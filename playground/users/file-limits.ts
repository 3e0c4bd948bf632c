import { Refused } from "./refused.ts";

/** Discord's default for a server without boosts, in bytes. */
export const attachmentSizeLimit = 10 * 1024 * 1024;

/** Of one message: https://discord.com/developers/docs/reference#uploading-files */
const maximumFiles = 10;

/** What a person may send at once. Throws Refused. */
export function assertFilesFit(files: readonly { name: string; bytes: Uint8Array }[]): void {
  if (files.length > maximumFiles) {
    throw new Refused(`At most ${maximumFiles} files can be sent at once, and these are ${files.length}.`);
  }
  const tooLarge = files.find(({ bytes }) => bytes.length > attachmentSizeLimit);
  if (tooLarge) throw new Refused(`The file "${tooLarge.name}" is too large: the limit is 10 MB a file.`);
}
