import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { AnswerMessage } from "./answers.ts";

type AttachedFile = NonNullable<AnswerMessage["files"]>[number];

/** Bytes of one file that Discord takes where it names no other limit. */
export const MAX_ATTACHMENT = 10 * 1024 * 1024;

/** The file, compressed with gzip where it would otherwise be too large; undefined where it is too large even then. */
export async function attachable(
  file: AttachedFile,
  limit: number = MAX_ATTACHMENT,
): Promise<AttachedFile | undefined> {
  if (file.data.length <= limit) return file;
  const data = await promisify(gzip)(file.data);
  if (data.length > limit) return undefined;
  return { name: `${file.name}.gz`, data, contentType: "application/gzip" };
}
