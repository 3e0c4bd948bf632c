import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TYPED_LABELS_LENGTH, problemsOf, projectForm, readForm } from "../../src/jobs/project-form.ts";
import { MAX_LABEL_LENGTH, MAX_LABELS, MAX_QUESTION_LENGTH } from "../../src/labeling/question.ts";
import { SETTLE_THRESHOLDS } from "../../src/labeling/settle-thresholds.ts";
import { UPLOADERS } from "../../src/labeling/project-settings.ts";
import { formatSettings, parseSettings } from "../../src/jobs/settings-text.ts";
import { refuseForm } from "../../src/commands/projects/form-refusal.ts";
import { en } from "../../src/texts/en.ts";
import { LANGUAGES } from "../../src/texts/texts.ts";
import { typed } from "./typed.ts";

/** Discord's limit for all texts of a message with Components V2. */
const MAX_TEXT_LENGTH = 4_000;

const choices = {
  offersUnsure: fc.boolean(),
  uploads: fc.constantFrom(...UPLOADERS),
  settleAt: fc.constantFrom(...SETTLE_THRESHOLDS),
};
const label = fc.oneof(
  typed({ longest: MAX_LABEL_LENGTH }),
  fc.constantFrom("<:hot_dog:1234567890123456789> hot_dog", "🌭 hot dog", "\\", "1. one", "> quote", "cat"),
);
/** What people can type into the modal, which Discord limits in length only. */
const form = fc.oneof(
  fc.record({ question: typed({ longest: MAX_QUESTION_LENGTH }), labels: fc.array(label), ...choices }),
  fc.record({
    question: fc.constantFrom("Cat, dog or neither?", "*".repeat(MAX_QUESTION_LENGTH)),
    labels: fc.array(label, { minLength: 2, maxLength: MAX_LABELS }),
    ...choices,
  }),
  fc.record({
    question: typed({ longest: MAX_QUESTION_LENGTH }),
    labels: fc.array(fc.constantFrom("*", "`".repeat(MAX_LABEL_LENGTH + 1)), { minLength: 400 }),
    ...choices,
  }),
);
const language = fc.constantFrom(...LANGUAGES.values());

describe("the form of a project, typed by anybody", () => {
  it("survives the message that shows it, within Discord's limits", () => {
    fc.assert(
      fc.property(form, language, fc.boolean(), ({ labels, ...rest }, texts, hadFiles) => {
        const read = readForm({ ...rest, labels: labels.join("\n").slice(0, MAX_TYPED_LABELS_LENGTH) });
        const problems = problemsOf(read);
        const sent =
          problems.length === 0
            ? formatSettings(read, texts.project.settings)
            : refuseForm({ form: read, problems, project: null, hadFiles }, texts);
        // Discord trims texts.
        const contents = sent.map((component) => ("content" in component ? component.content.trim() : ""));
        expect(contents.join("").length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
        const received = sent.map(({ id }, index) => ({ id, content: contents[index] }));
        expect(parseSettings(received)).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is refused exactly if its job would be", () => {
    fc.assert(
      fc.property(form, ({ labels, ...rest }) => {
        const read = readForm({ ...rest, labels: labels.join("\n") });
        expect(problemsOf(read).length === 0).toBe(projectForm.safeParse(read).success);
      }),
      { numRuns: 1_000 },
    );
  });

  it("neither mentions anybody nor links in the message that shows it", () => {
    const read = readForm({
      question: "@everyone <@123> [a](https://example.org)",
      labels: "# `a`\n- ||b||\n<@&1>",
      offersUnsure: true,
      settleAt: 0.9,
      uploads: "everyone",
    });
    const [question, labels] = formatSettings(read, en.project.settings);
    expect(question?.content).toBe(
      String.raw`**Question**` + "\n" + String.raw`\@everyone \<\@123\> \[a\]\(https\:\/\/example\.org\)`,
    );
    expect(labels?.content.split("\n").slice(1)).toEqual([
      String.raw`\# \`a\``,
      String.raw`\- \|\|b\|\|`,
      String.raw`\<\@\&1\>`,
    ]);
  });
});
