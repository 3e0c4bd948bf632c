import type { Texts } from "../texts/en.ts";
import type { Field } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { Problem } from "./problems.ts";

/** Returns the sentences that are shown at an input with a problem. */
export function explainProblem(problem: Problem, field: Field, texts: Texts): string {
  const { modal } = texts;
  switch (problem.of) {
    case "missing":
      return modal.missing[field.kind];
    case "tooShort":
    case "tooLong":
      return modal[problem.of](problem.limit);
    case "tooFew":
    case "tooMany":
      return modal[problem.of](problem.limit, field.kind === "files");
    case "server":
      return problem.message;
    case "files": {
      const { wrongType, tooLarge, tooMany } = problem.refused;
      const types = field.kind === "files" ? fileTypes(field.input.file_types, texts) : "";
      return [
        ...(wrongType.length > 0 ? [modal.wrongType(wrongType.join(", "), types)] : []),
        ...(tooLarge.length > 0 ? [texts.tooLarge(tooLarge.join(", "), tooLarge.length)] : []),
        ...(tooMany.length > 0 ? [modal.leftOut(tooMany.join(", "), limitsOf(field.input).max)] : []),
      ].join(" ");
    }
  }
}

/** Names the accepted types of files, as in "images, .tif". */
export function fileTypes(types: readonly string[] | undefined, { modal }: Texts): string {
  const groups: Readonly<Record<string, string>> = modal.fileGroups;
  return (types ?? []).map((type) => groups[type] ?? type).join(", ");
}
