import { type Language, textsOf } from "../texts/language.ts";
import type { Problem } from "./check-command-line.ts";
import { localName } from "./localize.ts";
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
      return texts.tooManyFor(localName(problem.command, language), problem.limit);
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
  const { expected: words } = textsOf(language);
  return "limit" in expected ? words[expected.kind](expected.limit) : words[expected.kind];
}
