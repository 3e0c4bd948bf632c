import { attachmentSizeLimit, maximumFiles } from "../messages/file-limits.ts";
import { Refused } from "./refused.ts";

/** What a person may send at once. Throws Refused. */
export function assertFilesFit(files: readonly { name: string; bytes: Uint8Array }[]): void {
  if (files.length > maximumFiles) {
    throw new Refused(`At most ${maximumFiles} files can be sent at once, and these are ${files.length}.`);
  }
  const tooLarge = files.find(({ bytes }) => bytes.length > attachmentSizeLimit);
  if (tooLarge) throw new Refused(`The file "${tooLarge.name}" is too large: the limit is 10 MB a file.`);
}
