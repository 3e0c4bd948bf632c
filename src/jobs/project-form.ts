import { z } from "zod";
import { repeatedLabels, settingsFields } from "../labeling/project-settings.ts";
import { MAX_LABEL_LENGTH, MAX_LABELS, MAX_QUESTION_LENGTH, MIN_LABELS } from "../labeling/question.ts";
import { tidyLine } from "./tidy-line.ts";

/** Limit for everything that a person can type as labels, in UTF-16 units: more than fits, to say what is wrong with it. */
export const MAX_TYPED_LABELS_LENGTH = 800;

/** The settings of a project that people fill in. */
export const projectForm = z.object(settingsFields);
/** Also settings as typed, which may break the limits. */
export type ProjectForm = z.infer<typeof projectForm>;

/** What is wrong with a form. */
export type FormProblem =
  | { problem: "no-question" | "long-question" }
  /** Too few or too many labels. */
  | { problem: "label-count"; count: number }
  | { problem: "long-labels" | "repeated-labels"; labels: string[] };

interface Typed extends Omit<ProjectForm, "labels"> {
  /** One label a line. */
  labels: string;
}

/** Reads what a person typed: without blank lines, surplus spaces, and characters that hide or reorder text. */
export function readForm({ question, labels, ...choices }: Typed): ProjectForm {
  const lines = labels.split(/\r\n|[\n\r\u2028\u2029]/).map(tidyLine);
  return { question: tidyLine(question), labels: lines.filter((line) => line !== ""), ...choices };
}

/** Returns what is wrong with a form; nothing if `projectForm` accepts it. */
export function problemsOf({ question, labels }: ProjectForm): FormProblem[] {
  const long = labels.filter((label) => label.length > MAX_LABEL_LENGTH);
  const repeated = repeatedLabels(labels);
  return [
    ...(question === "" ? [{ problem: "no-question" } as const] : []),
    ...(question.length > MAX_QUESTION_LENGTH ? [{ problem: "long-question" } as const] : []),
    ...(labels.length < MIN_LABELS || labels.length > MAX_LABELS
      ? [{ problem: "label-count", count: labels.length } as const]
      : []),
    ...(long.length > 0 ? [{ problem: "long-labels", labels: long } as const] : []),
    ...(repeated.length > 0 ? [{ problem: "repeated-labels", labels: repeated } as const] : []),
  ];
}
