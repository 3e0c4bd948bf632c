import {
  ButtonStyle,
  ComponentType,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
} from "discord.js";
import { encodeCustomId } from "../../jobs/custom-id.ts";
import { type FormProblem, type ProjectForm } from "../../jobs/project-form.ts";
import { MAX_LABEL_LENGTH } from "../../labeling/question.ts";
import { formatLabel, formatSettings } from "../../jobs/settings-text.ts";
import type { Texts } from "../../texts/texts.ts";

/** A problem with many labels shows only the first of them. */
const MAX_SHOWN_LABELS = 3;

const TITLE_ID = 1;

interface RefusedForm {
  form: ProjectForm;
  problems: readonly FormProblem[];
  /** Null to create one. */
  project: string | null;
  /** Whether the person had chosen files, which cannot be shown again. */
  hadFiles: boolean;
}

/** Says what is wrong with a form and what was typed, with a button that opens the form again, filled. */
export function refuseForm(
  { form, problems, project, hadFiles }: RefusedForm,
  { project: t }: Texts,
): APIMessageTopLevelComponent[] {
  const wrong = problems.map((problem) => `- ${describeProblem(problem, t.refusal)}`);
  const typed = hadFiles ? [t.refusal.filesAgain, t.refusal.typed] : [t.refusal.typed];
  const texts = [
    { id: TITLE_ID, content: [t.refusal.title, ...wrong, ...typed].join("\n") },
    ...formatSettings(form, t.settings),
  ];
  const correct = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Primary as const,
    label: t.refusal.correct,
    custom_id: encodeCustomId({ kind: "correct-project", project }),
  };
  return [
    ...texts.map(({ id, content }): APITextDisplayComponent => ({
      type: ComponentType.TextDisplay,
      id,
      content,
    })),
    { type: ComponentType.ActionRow, components: [correct] },
  ];
}

function describeProblem(problem: FormProblem, t: Texts["project"]["refusal"]): string {
  switch (problem.problem) {
    case "no-question":
    case "long-question":
      return t.problems[problem.problem];
    case "label-count":
      return t.problems[problem.problem](problem.count);
    case "long-labels":
    case "repeated-labels":
      return t.problems[problem.problem](listOf(problem.labels, t.more));
  }
}

function listOf(labels: readonly string[], more: (count: number) => string): string {
  const shown = labels.slice(0, MAX_SHOWN_LABELS).map(shortened).join(", ");
  return labels.length > MAX_SHOWN_LABELS ? `${shown} ${more(labels.length - MAX_SHOWN_LABELS)}` : shown;
}

function shortened(label: string): string {
  const start = label.slice(0, MAX_LABEL_LENGTH).toWellFormed();
  return `**${formatLabel(start)}${start === label ? "" : "…"}**`;
}
