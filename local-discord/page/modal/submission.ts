import type { ClientModalSubmit } from "../../src/client-protocol.ts";
import { isField, type Field, type Part } from "./fields.ts";

type Submitted = ClientModalSubmit["data"]["components"][number];

interface Submission {
  data: ClientModalSubmit["data"];
  files: readonly File[];
}

/** Returns what is sent for a modal. A file upload has the indexes of its files among all files. */
export function submissionOf(parts: readonly Part[]): Submission {
  const files: File[] = [];
  const components = parts.filter(isField).map((field) => submitted(field, files));
  return { data: { components }, files };
}

/** Returns what is sent for an input, and adds its files to the others. */
function submitted({ kind, input, value }: Field, files: File[]): Submitted {
  const { custom_id } = input;
  switch (kind) {
    case "text":
      return { type: input.type, custom_id, value };
    case "radios":
      return { type: input.type, custom_id, value };
    case "checkbox":
      return { type: input.type, custom_id, value };
    case "select":
      return { type: input.type, custom_id, values: [...value] };
    case "checkboxes":
      return { type: input.type, custom_id, values: [...value] };
    case "files":
      return { type: input.type, custom_id, values: value.map(({ file }) => String(files.push(file) - 1)) };
  }
}
