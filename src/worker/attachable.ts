import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { AnswerMessage } from "./answers.ts";

type AttachedFile = NonNullable<AnswerMessage["files"]>[number];

/** Discord's default limit for one file. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** Compresses a file with gzip if it is too large. Returns undefined if it is too large even then. */
export async function attachable(
  file: AttachedFile,
  limit: number = MAX_ATTACHMENT_BYTES,
): Promise<AttachedFile | undefined> {
  if (file.data.length <= limit) return file;
  const data = await promisify(gzip)(file.data);
  if (data.length > limit) return undefined;
  return { name: `${file.name}.gz`, data, contentType: "application/gzip" };
}
