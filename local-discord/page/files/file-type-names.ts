import type { Texts } from "../texts/en.ts";

/** Names the `file_types` of an attachment option or file upload, as in "images, .tif". */
export function fileTypeNames(
  types: readonly string[],
  { fileTypes: groups }: Pick<Texts, "fileTypes">,
): string {
  const names = new Map(Object.entries(groups));
  return types.map((type) => names.get(type) ?? type).join(", ");
}
