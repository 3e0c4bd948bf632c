/*
 * The server imports this file too, so that scripts and the page accept the same files. It imports nothing.
 */

/**
 * The groups of `file_types`, and the extensions that they stand for. TIFF is in no group.
 * @see https://docs.discord.com/developers/reference#file-type-filtering
 */
const fileGroups = new Map([
  ["image", [".png", ".gif", ".jpg", ".jpeg", ".jfif", ".webp", ".avif"]],
  ["video", [".mp4", ".mov", ".qt", ".webm"]],
  ["audio", [".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac"]],
]);

/** The `file_types` of an attachment option or file upload: groups and extensions, as in `["image", ".tif"]`. */
type FileTypes = readonly string[] | null | undefined;

/** Whether an entry of `file_types` is a group or an extension. */
export function isFileType(type: string): boolean {
  return fileGroups.has(type) || /^\.[^.\s]+$/.test(type);
}

/** Whether a file of this name may be sent. Only the name counts, in any case; without types, every file may. */
export function hasFileType(fileName: string, types: FileTypes): boolean {
  if (!types || types.length === 0) return true;
  const name = fileName.toLowerCase();
  return extensionsOf(types).some((extension) => name.endsWith(extension));
}

/** Returns the `accept` attribute of a file input, as in ".png,.jpg"; undefined if every file is accepted. */
export function acceptAttribute(types: FileTypes): string | undefined {
  return types && types.length > 0 ? extensionsOf(types).join(",") : undefined;
}

function extensionsOf(types: readonly string[]): string[] {
  return types.flatMap((type) => fileGroups.get(type) ?? type.toLowerCase());
}
