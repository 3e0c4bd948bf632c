import { isField, type Field, type Part } from "./fields.ts";
import { limitsOf } from "./limits.ts";

/** The reason why a value cannot be submitted, or why files were not added. */
export type Problem =
  | { of: "missing" }
  | { of: "tooShort" | "tooLong" | "tooFew" | "tooMany"; limit: number }
  | { of: "files"; refused: RefusedFiles }
  /** A sentence of the server. */
  | { of: "server"; message: string };

/** Names of files that an upload has refused. */
export interface RefusedFiles {
  wrongType: readonly string[];
  tooLarge: readonly string[];
  tooMany: readonly string[];
}

/** By custom id, the problems of the inputs. */
export type Problems = ReadonlyMap<string, Problem>;

export function problemOf(field: Field): Problem | null {
  const { required, min, max } = limitsOf(field.input);
  const size = sizeOf(field);
  const isText = field.kind === "text";
  if (size === 0 && !required) return null;
  if (size === 0 && (isText || min <= 1)) return { of: "missing" };
  if (size < min) return { of: isText ? "tooShort" : "tooFew", limit: min };
  if (size > max) return { of: isText ? "tooLong" : "tooMany", limit: max };
  return null;
}

/** Returns the number of characters, choices or files. */
function sizeOf(field: Field): number {
  switch (field.kind) {
    case "radios":
      return field.value === null ? 0 : 1;
    case "checkbox":
      return field.value ? 1 : 0;
    case "text":
    case "select":
    case "files":
    case "checkboxes":
      return field.value.length;
  }
}

export function problemsIn(parts: readonly Part[]): Problems {
  return new Map(
    parts.filter(isField).flatMap((field) => {
      const problem = problemOf(field);
      return problem === null ? [] : [[field.input.custom_id, problem] as const];
    }),
  );
}

/** Returns the problems after a value has changed. A problem that is solved disappears; new ones appear on submission. */
export function recheck(problems: Problems, field: Field): Problems {
  const { custom_id: id } = field.input;
  if (!problems.has(id)) return problems;
  const left = new Map(problems);
  const problem = problemOf(field);
  if (problem === null) left.delete(id);
  else left.set(id, problem);
  return left;
}
