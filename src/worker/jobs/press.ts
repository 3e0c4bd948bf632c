import type { PressJob } from "../../jobs/press.ts";
import type { Answer } from "../../labeling/question.ts";
import { questionOf, type ProjectDefinition } from "../../project/definition.ts";
import type { LabelRow } from "../../project/label-file.ts";
import type { RowOwner } from "../../project/pseudonyms.ts";
import { textsFor } from "../../texts/texts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { isOffered, savedText } from "../question-texts.ts";
import type { AnswerTarget } from "../run-job.ts";

/** "removed": the image is no longer in the set; "erased": the person has since erased their data. */
export type PressOutcome = "saved" | "removed" | "erased";

type PressProject = Pick<ProjectInUse, "images" | "labels" | "erasure" | "pseudonymsOf" | "question">;

/** Whether a project offers the answer of a press, in a round or alone. */
export function offersAnswer(
  { press }: { press: Pick<PressJob["press"], "label"> },
  definition: ProjectDefinition,
): boolean {
  return isOffered(questionOf(definition), press.label);
}

/** Saves a person's answer to an image and, once it is durable, tells them so. */
export async function savePress(
  { interaction, press }: PressJob,
  project: PressProject,
  { answer }: { answer: Pick<AnswerTarget, "give"> },
): Promise<void> {
  const { round, label, image } = press;
  const texts = textsFor(interaction.locale);
  if (!(await canAnswer(interaction.id, label, project))) {
    const hasChanged = project.question.builtIn === undefined;
    await answer.give({ content: hasChanged ? texts.labeling.noLabel : texts.press.unknown });
    return;
  }
  const person = project.pseudonymsOf(interaction.userId);
  const row = { id: interaction.id, image, label, labeler: person.labeler, round };
  const outcome = await saveAnswer(row, person, project);
  const content = {
    saved: savedText(project.question, press, texts),
    removed: texts.press.removed,
    erased: texts.press.erased,
  }[outcome];
  await answer.give({ content });
}

/**
 * Whether the answer is offered, or an earlier delivery, also of a retried dead letter, has saved it while it was.
 * @param id of the press
 */
export async function canAnswer(
  id: string,
  answer: Answer,
  { question, labels }: Pick<PressProject, "question" | "labels">,
): Promise<boolean> {
  return isOffered(question, answer) || labels.has(id);
}

/** Saves an answer, once. */
export async function saveAnswer(
  row: LabelRow,
  person: RowOwner,
  project: PressProject,
): Promise<PressOutcome> {
  const { images, labels, erasure } = project;
  const { tombstone } = person;
  if (!(await images.hasLately(row.image))) return outcomeForRemovedImage(row, tombstone, project);
  const appended = await labels.append(row, person);
  if (appended === "erased") return "erased";
  if (appended !== "present") return "saved";
  // An earlier delivery wrote the row, which may have been erased since.
  return (await erasure.isErased(tombstone, row.id)) ? "erased" : "saved";
}

/** An earlier delivery, also of a retried dead letter, may have saved the answer before the image was removed. */
async function outcomeForRemovedImage(
  { id }: LabelRow,
  tombstone: string,
  { labels, erasure }: PressProject,
): Promise<PressOutcome> {
  if (await erasure.isErased(tombstone, id)) return "erased";
  return (await labels.has(id)) ? "saved" : "removed";
}
