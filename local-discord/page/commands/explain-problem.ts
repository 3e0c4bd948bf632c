import { type Language, textsOf } from "../texts/language.ts";
import type { Problem } from "./check-command-line.ts";
import { fileTypeNames } from "../files/file-type-names.ts";
import { localName, localTitle } from "./localize.ts";
import type { Expected } from "./read-value.ts";

/** Returns a sentence that names the invalid option. */
export function explainProblem(problem: Problem, language: Language): string {
  const texts = textsOf(language);
  switch (problem.kind) {
    case "missing":
      return texts.missingOption(localName(problem.option, language));
    case "missingFile":
      return texts.missingFile(localName(problem.option, language));
    case "tooManyFiles":
      return texts.tooManyFor(localTitle(problem.invocable, language), problem.limit);
    case "invalid":
      return texts.invalidOption(
        localName(problem.option, language),
        expectation(problem.expected, language),
      );
    case "stray":
      return texts.strayText(problem.text, problem.option ? localName(problem.option, language) : "…");
  }
}

function expectation(expected: Expected, language: Language): string {
  const texts = textsOf(language);
  const { expected: words } = texts;
  if ("types" in expected) return words.fileTypes(fileTypeNames(expected.types, texts));
  return "limit" in expected ? words[expected.kind](expected.limit) : words[expected.kind];
}
