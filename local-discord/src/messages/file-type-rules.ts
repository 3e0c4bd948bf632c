import { isFileType } from "../../page/files/file-types.ts";
import type { Fault } from "../errors.ts";

/** Checks the `file_types` of an attachment option or file upload. */
export function fileTypeFaults(types: readonly string[]): Fault[] {
  const unknown = [...types.keys()].filter((index) => !isFileType(types[index] ?? ""));
  return unknown.map((index) => [`file_types.${index}`, notFileType]);
}

const notFileType = [
  "BASE_TYPE_CHOICES",
  "File types must be 'image', 'video', 'audio' or an extension that starts with a dot.",
] as const;
