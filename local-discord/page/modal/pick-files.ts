import { admitFiles } from "../files/attached.ts";
import { hasFileType } from "../files/file-types.ts";
import type { FilesField } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { RefusedFiles } from "./problems.ts";

/** Adds files to an upload, and returns the names of those that it does not accept; null if it accepts all. */
export function pickFiles(
  field: FilesField,
  files: readonly File[],
): { field: FilesField; refused: RefusedFiles | null } {
  const types = field.input.file_types;
  const fitting = files.filter(({ name }) => hasFileType(name, types));
  const { admitted, tooMany, tooLarge } = admitFiles(fitting, field.value.length, limitsOf(field.input).max);
  const added = admitted.map((file) => ({ key: crypto.randomUUID(), file }));
  const refused = {
    wrongType: names(files.filter((file) => !fitting.includes(file))),
    tooLarge: names(tooLarge),
    tooMany: names(tooMany),
  };
  return {
    field: { ...field, value: [...field.value, ...added] },
    refused: admitted.length === files.length ? null : refused,
  };
}

function names(files: readonly File[]): string[] {
  return files.map(({ name }) => name);
}
